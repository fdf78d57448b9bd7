package dev.iresnet.chaos.growth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Points of a run, in order, of which the first are warm-up and do not count.
 *
 * @param step from x to x: {@code min}, {@code round}
 * @param x of each point
 * @param processes what each process said at each point
 * @param warmUp points that do not count
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Series(String step, double[] x, List<Map<String, Reading>> processes, int warmUp) {

    public Series {
        processes = List.copyOf(processes);
    }

    /** Names of the processes, in order. */
    public List<String> names() {
        return processes.stream()
                .flatMap(all -> all.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A process's gauges that have a rule, by their names in reports. */
    public Map<String, Trend> trends(String process, Map<Gauge, Rule> rules) {
        Map<String, Trend> trends = new LinkedHashMap<>();
        rules.forEach(
                (gauge, rule) ->
                        trends.put(
                                gauge.member(),
                                judge(
                                        rule,
                                        gauge.unit(),
                                        point -> {
                                            Reading reading = processes.get(point).get(process);
                                            return reading == null
                                                    ? OptionalDouble.empty()
                                                    : reading.of(gauge);
                                        })));
        return trends;
    }

    /**
     * Any figure, over the points after the warm-up that have a value.
     *
     * @param unit of the figure
     */
    public Trend judge(Rule rule, String unit, IntFunction<OptionalDouble> value) {
        int[] measured =
                IntStream.range(warmUp, x.length)
                        .filter(point -> value.apply(point).isPresent())
                        .toArray();
        return rule.judge(
                unit + "/" + step,
                IntStream.of(measured).mapToDouble(point -> x[point]).toArray(),
                IntStream.of(measured)
                        .mapToDouble(point -> value.apply(point).orElseThrow())
                        .toArray());
    }

    /** What is to be said of those that are not flat. */
    public static List<String> complaints(String of, Map<String, Trend> trends) {
        return trends.entrySet().stream()
                .flatMap(one -> one.getValue().complaint(of + ": " + one.getKey()).stream())
                .toList();
    }
}
