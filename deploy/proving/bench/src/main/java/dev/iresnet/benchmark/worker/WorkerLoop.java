package dev.iresnet.benchmark.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A worker's process: orders come in on standard input and answers go out on standard output, a
 * JSON object a line. It ends with its input.
 */
public final class WorkerLoop {
    /** Records may have more to say of themselves than what they are made of. */
    static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static final String ANSWER = "answer";
    static final String FAILURE = "failure";

    /** Makes the worker. */
    @FunctionalInterface
    public interface Opening {
        Worker open(JsonNode task) throws Exception;
    }

    private WorkerLoop() {}

    /**
     * A task or an order.
     *
     * @throws IllegalArgumentException if it is none of that kind
     */
    public static <T> T read(JsonNode node, Class<T> type) {
        return JSON.convertValue(node, type);
    }

    /** An answer that is one number. */
    public static ObjectNode rate(double rate) {
        return JSON.createObjectNode().put("rate", rate);
    }

    /**
     * Serves until there are no more orders. A failure is answered and ends it.
     *
     * @param arguments of the process: the task, as JSON
     */
    public static void serve(String[] arguments, Opening opening) throws IOException {
        PrintStream answers = System.out;
        // what libraries print is not an answer
        System.setOut(System.err);
        try (Worker worker = opening.open(JSON.readTree(arguments[0]));
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            say(answers, ANSWER, JSON.createObjectNode());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                say(answers, ANSWER, worker.answer(JSON.readTree(order)));
            }
        } catch (Exception e) {
            e.printStackTrace();
            say(answers, FAILURE, JSON.createObjectNode().put("reason", e.toString()));
            System.exit(1);
        }
        System.exit(0);
    }

    private static void say(PrintStream answers, String kind, ObjectNode content)
            throws JsonProcessingException {
        answers.println(JSON.writeValueAsString(JSON.createObjectNode().set(kind, content)));
        answers.flush();
    }
}
