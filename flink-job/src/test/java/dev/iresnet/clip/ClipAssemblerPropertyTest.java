package dev.iresnet.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.ClipModel.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClipAssemblerPropertyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 3000)
    void theClipsAreThoseOfTheWholeList(
            @ForAll("rules") ClipRules rules, @ForAll("frames") List<Sent> sent) {
        assertThat(Assembly.of(rules, sent).complete).isEqualTo(ClipModel.clips(sent, rules));
    }

    /** Nothing goes in silence: each frame is in a clip, held for one, or counted. */
    @Property(tries = 3000)
    void eachFrameIsAccountedFor(
            @ForAll("rules") ClipRules rules, @ForAll("frames") List<Sent> sent) {
        Assembly assembly = Assembly.of(rules, sent);
        long pictures = sent.stream().filter(one -> !one.missing()).count();
        assertThat(assembly.kept + assembly.leftOut + assembly.passedOver)
                .isEqualTo((int) pictures);
        Set<Seen> inClips = Collections.newSetFromMap(new IdentityHashMap<>());
        assembly.complete.forEach(inClips::addAll);
        assertThat(inClips.size() + assembly.lost + assembly.fresh()).isEqualTo(assembly.kept);
        assertThat(assembly.held()).isBetween(assembly.fresh(), rules.length());
    }

    @Provide
    Arbitrary<ClipRules> rules() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(0, 0, 150, 200),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.of(200, 500, 1_000),
                        Arbitraries.of(MissingFrames.class))
                .as(
                        (length, stride, strideTime, step, gap, missing) ->
                                new ClipRules(
                                        length,
                                        stride,
                                        Duration.ofMillis(strideTime),
                                        step,
                                        Duration.ofMillis(gap),
                                        missing));
    }

    /** Mostly in order, with gaps, repeats, late frames, restarts, and frames without number. */
    @Provide
    Arbitrary<List<Sent>> frames() {
        Arbitrary<int[]> moves =
                Combinators.combine(
                                Arbitraries.of(1, 1, 1, 1, 1, 1, 2, 3, 0, -1, -2, -20),
                                Arbitraries.of(100, 100, 100, 100, 90, 250, 0, 900, -100, -2_000),
                                Arbitraries.of(0, 0, 0, 0, 0, 0, 1),
                                Arbitraries.of(0, 0, 0, 0, 0, 0, 1))
                        .as(
                                (number, millis, missing, bare) ->
                                        new int[] {number, millis, missing, bare});
        return moves.list().ofMaxSize(60).map(ClipAssemblerPropertyTest::sent);
    }

    private static List<Sent> sent(List<int[]> moves) {
        long[] at = {30, 0};
        return moves.stream()
                .map(
                        move -> {
                            at[0] = Math.max(0, at[0] + move[0]);
                            at[1] += move[1];
                            long number = move[3] == 1 ? -1 : at[0];
                            Seen seen =
                                    new Seen("event-" + number, number, START.plusMillis(at[1]));
                            return new Sent(seen, move[2] == 1);
                        })
                .toList();
    }
}
