package dev.iresnet.benchmark.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Says its task and the order; fails, prints, or ends when it is told to. */
public final class EchoWorker implements Worker {
    private final String task;

    /** What it is to say. */
    record Task(String word) {}

    private EchoWorker(Task task) {
        this.task = task.word();
    }

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new EchoWorker(WorkerLoop.read(task, Task.class)));
    }

    @Override
    public ObjectNode answer(JsonNode order) throws IOException {
        String word = order.path("word").asText();
        switch (word) {
            case "fail" -> throw new IOException("as ordered");
            case "print" -> System.out.println("{\"answer\":{\"word\":\"not this\"}}");
            case "end" -> Runtime.getRuntime().halt(3);
            default -> {}
        }
        return WorkerLoop.rate(1).put("word", task + " " + word);
    }

    @Override
    public void close() {}
}
