package dev.iresnet.benchmark.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Carries out orders, one after the other, and answers each. Used by one thread. */
public interface Worker extends AutoCloseable {

    /** Returns when it is done; idle before and after. */
    ObjectNode answer(JsonNode order) throws Exception;

    @Override
    void close();
}
