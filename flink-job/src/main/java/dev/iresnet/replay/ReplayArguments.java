package dev.iresnet.replay;

import dev.iresnet.config.ConfigException;
import dev.iresnet.event.FailureCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be replayed.
 *
 * @param codes of the dead letters that are chosen; not empty
 * @param since dead letters that are older are passed over
 * @param execute whether to do it, not only to say what would be done
 * @param ofTheJob the other arguments, which the job knows, too
 */
record ReplayArguments(
        Set<FailureCode> codes, Instant since, boolean execute, List<String> ofTheJob) {

    static final String USAGE =
            """
            Sends dead letters back to where they came from: key, value, headers and timestamp as
            they were, to the same partition. Each of them once, also in several runs.

              iresnet-replay [--config FILE.yaml] [--KEY VALUE ...] --codes CODE[,CODE...]|all
                  [--since TIME] [--execute]

              --codes    Which dead letters, by their header iresnet.error.code.
              --since    Pass over dead letters that were written before, such as
                         2026-01-31T12:00:00Z; they are not asked for again.
              --execute  Do it. Otherwise it only says what would be sent.

            All other options are the job's, of which it needs kafka.*, input.topics,
            input.group-id and, where there are several input.topics, dead-letter.topic. It sends
            to input.topics only, whatever a dead letter says. It may run beside the job.

            Exit status: 0 done, or there was nothing to do; 2 it could not be done.
            """;

    ReplayArguments {
        codes = Set.copyOf(codes);
        ofTheJob = List.copyOf(ofTheJob);
    }

    /**
     * Tells its own options from those of the job.
     *
     * @throws ConfigException if one is missing or makes no sense
     */
    static ReplayArguments read(List<String> arguments) {
        Set<FailureCode> codes = EnumSet.noneOf(FailureCode.class);
        Instant since = Instant.MIN;
        boolean execute = false;
        List<String> ofTheJob = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            String name = argument.split("=", 2)[0];
            switch (name) {
                case "--execute" -> execute = true;
                case "--codes" -> codes.addAll(codes(value(argument, rest)));
                case "--since" -> since = time(value(argument, rest));
                default -> ofTheJob.add(argument);
            }
        }
        if (codes.isEmpty()) {
            throw error("--codes is required: write --codes all, or some of " + known());
        }
        return new ReplayArguments(codes, since, execute, ofTheJob);
    }

    private static String value(String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        if (equals >= 0) {
            return argument.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw error(argument + " has no value");
        }
        return rest.next();
    }

    private static Set<FailureCode> codes(String list) {
        if (list.equals("all")) {
            return EnumSet.allOf(FailureCode.class);
        }
        Set<FailureCode> codes = EnumSet.noneOf(FailureCode.class);
        for (String name : list.split(",", -1)) {
            try {
                codes.add(FailureCode.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw error("--codes names '%s', and there are %s".formatted(name, known()));
            }
        }
        return codes;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw error(
                    "--since must be a time such as 2026-01-31T12:00:00Z, got '%s'"
                            .formatted(text));
        }
    }

    private static String known() {
        return String.join(
                ", ", Arrays.stream(FailureCode.values()).<String>map(FailureCode::name).toList());
    }

    private static ConfigException error(String sentence) {
        return new ConfigException(List.of(sentence));
    }
}
