package dev.iresnet.benchmark.worker;

/**
 * Carries out orders, one after the other, and answers each. It has one constructor, which takes
 * its task or nothing. Used by one thread.
 *
 * @param <O> the orders: a record of plain values
 */
public interface Worker<O> extends AutoCloseable {

    /**
     * Returns when it is done; idle before and after.
     *
     * @return a number or a record of plain values
     */
    Object answer(O order) throws Exception;

    @Override
    default void close() {}
}
