package dev.iresnet.benchmark.worker;

import java.io.IOException;

/** Says its task and the order; fails, prints, or ends when it is told to. */
public final class EchoWorker implements Worker<EchoWorker.Task> {
    private final String task;

    /** What it is to say. */
    record Task(String word) {}

    EchoWorker(Task task) {
        this.task = task.word();
    }

    @Override
    public Object answer(Task order) throws IOException {
        String word = order.word();
        switch (word) {
            case "fail" -> throw new IOException("as ordered");
            case "print" -> System.out.println("{\"answer\":\"not this\"}");
            case "end" -> Runtime.getRuntime().halt(3);
            default -> {}
        }
        return task + " " + word;
    }
}
