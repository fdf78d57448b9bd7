package dev.iresnet.benchmark.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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

    private WorkerLoop() {}

    /**
     * Serves until there are no more orders. A failure is answered and ends it.
     *
     * @param arguments the worker's class, and its task as JSON
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // what libraries print is not an answer
        System.setOut(System.err);
        try (Worker<?> worker = open(Class.forName(arguments[0]), arguments[1])) {
            say(answers, ANSWER, "open");
            serve(worker, answers);
        } catch (Throwable e) {
            // an error that nobody reports would leave the other end waiting
            e.printStackTrace();
            say(answers, FAILURE, e.toString());
            System.exit(1);
        }
        System.exit(0);
    }

    private static <O> void serve(Worker<O> worker, PrintStream answers) throws Exception {
        JavaType type =
                JSON.getTypeFactory()
                        .findTypeParameters(JSON.constructType(worker.getClass()), Worker.class)[0];
        try (BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                O read = JSON.readValue(order, type);
                say(answers, ANSWER, worker.answer(read));
            }
        }
    }

    private static Worker<?> open(Class<?> worker, String task) throws Exception {
        Constructor<?> constructor = worker.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        try {
            return (Worker<?>)
                    (constructor.getParameterCount() == 0
                            ? constructor.newInstance()
                            : constructor.newInstance(
                                    JSON.readValue(task, constructor.getParameterTypes()[0])));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void say(PrintStream answers, String kind, Object content)
            throws JsonProcessingException {
        answers.println(JSON.writeValueAsString(Map.of(kind, content)));
        answers.flush();
    }
}
