package dev.iresnet.model.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.running.Suppression.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionTest {
    private static final int CLASSES = 3;

    /** Class by class as the paper of SSD says it, on boxes and scores of which many are equal. */
    @ParameterizedTest
    @CsvSource({"0.5, 7, 5", "0.3, 200, 200", "1, 10, 4", "0.7, 1, 1", "0.5, 6, 200"})
    void keepsWhatClassByClassWouldBeKept(float iou, int most, int candidates) {
        DetectionRule rule = new DetectionRule(0.05f, iou, most, candidates);
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<Candidate> found =
                    IntStream.range(0, random.nextInt(40))
                            .mapToObj(number -> candidate(number, random))
                            .toList();

            assertThat(new Suppression(rule).kept(found)).isEqualTo(expected(found, rule));
        }
    }

    private static Candidate candidate(int number, Random random) {
        float x = random.nextInt(4) / 4f;
        float y = random.nextInt(4) / 4f;
        return new Candidate(
                random.nextInt(CLASSES),
                (1 + random.nextInt(8)) / 8f,
                number,
                x,
                y,
                x + random.nextInt(4) / 4f,
                y + random.nextInt(4) / 4f);
    }

    private static List<Candidate> expected(List<Candidate> found, DetectionRule rule) {
        Comparator<Candidate> best = Comparator.comparing(candidate -> -candidate.score());
        List<Candidate> all = new ArrayList<>();
        for (int index = 0; index < CLASSES; index++) {
            int number = index;
            List<Candidate> kept = new ArrayList<>();
            found.stream()
                    .filter(candidate -> candidate.index() == number)
                    .sorted(best)
                    .limit(rule.candidates())
                    .filter(next -> rule.iou() == 1 || isApart(next, kept, rule.iou()))
                    .forEachOrdered(kept::add);
            all.addAll(kept);
        }
        return all.stream().sorted(best).limit(rule.maxBoxes()).toList();
    }

    private static boolean isApart(Candidate next, List<Candidate> kept, float iou) {
        return kept.stream().noneMatch(other -> overlap(other, next) >= iou);
    }

    private static double overlap(Candidate a, Candidate b) {
        double width = Math.min(a.xMax(), b.xMax()) - Math.max(a.xMin(), b.xMin());
        double height = Math.min(a.yMax(), b.yMax()) - Math.max(a.yMin(), b.yMin());
        double both = Math.max(width, 0) * Math.max(height, 0);
        return both / (area(a) + area(b) - both);
    }

    private static double area(Candidate box) {
        return (box.xMax() - box.xMin()) * (box.yMax() - box.yMin());
    }
}
