package dev.iresnet.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often a model is right.
 *
 * @param classes in the order of the model's outputs
 */
public record Evaluation(List<OfClass> classes) {
    public Evaluation {
        classes = List.copyOf(classes);
    }

    /** Pictures that were classified. */
    public int count() {
        return classes.stream().mapToInt(OfClass::count).sum();
    }

    /** Share of pictures whose best label is right; NaN without pictures. */
    public double top1() {
        return share(classes.stream().mapToInt(OfClass::right).sum(), count());
    }

    /** Share of pictures whose label is among the best five; NaN without pictures. */
    public double top5() {
        return share(classes.stream().mapToInt(OfClass::inTopFive).sum(), count());
    }

    /**
     * The confusion matrix as RFC 4180 wants it: a row for each true class, a column for each
     * predicted one, counts of pictures.
     */
    public String csv() {
        StringBuilder csv = new StringBuilder("truth");
        classes.forEach(c -> csv.append(',').append(quoted(c.label)));
        for (OfClass row : classes) {
            csv.append('\n').append(quoted(row.label)).append(',');
            csv.append(
                    row.predicted.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return csv.append('\n').toString();
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static double share(int part, int whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /**
     * The pictures of one class.
     *
     * @param index of the class
     * @param label of the class
     * @param inTopFive pictures for which it was among the best five
     * @param predicted pictures by the class with the highest score
     */
    public record OfClass(int index, String label, int inTopFive, List<Integer> predicted) {
        public OfClass {
            predicted = List.copyOf(predicted);
        }

        /** Pictures of this class. */
        public int count() {
            return predicted.stream().mapToInt(Integer::intValue).sum();
        }

        /** Pictures for which this class had the highest score. */
        public int right() {
            return predicted.get(index);
        }

        public double top1() {
            return share(right(), count());
        }

        public double top5() {
            return share(inTopFive, count());
        }

        /** The other class that most of these pictures were taken for, if any was. */
        public Optional<Integer> mistakenFor() {
            return IntStream.range(0, predicted.size())
                    .boxed()
                    .filter(other -> other != index && predicted.get(other) > 0)
                    .max(Comparator.comparing(predicted::get));
        }
    }
}
