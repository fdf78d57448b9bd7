package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.event.Records;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.proving.registry.TrialRegistry;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine of two decoders whose schema registry is away. */
@Timeout(60)
class RegistryAwayTest {
    private static final int GOOD = 50;

    @TempDir Path directory;

    private final PixelRecipe recipe = PixelRecipe.of(new PixelModel(), 8);

    @Test
    void asManyUnknownIdsAsDecodersDoNotHoldUpFramesOfKnownSchemas() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start();
                InferencePipeline engine = engine(registry)) {
            int older = registry.register("in-value", Producers.OLDER.toString());
            int newer = registry.register("in-value", Producers.NEWER.toString());
            registry.setAway(true);
            List<CompletableFuture<FrameOutcome>> waiting = new ArrayList<>();
            waiting.add(submit(engine, Producers.confluent(older, Producers.OLDER, event(0))));
            waiting.add(submit(engine, Producers.confluent(newer, Producers.NEWER, event(1))));
            for (int i = 0; i < GOOD; i++) {
                assertLabelled(submit(engine, Topics.encoded(event(i))));
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            registry.setAway(false);
            for (CompletableFuture<FrameOutcome> promise : waiting) {
                assertLabelled(promise);
            }
        }
    }

    @Test
    void aFrameWhoseTaskHasEndedIsForgottenWhileItWaits() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start();
                InferencePipeline engine = engine(registry)) {
            registry.setAway(true);
            CompletableFuture<FrameOutcome> waiting =
                    submit(engine, Producers.confluent(7, Producers.OLDER, event(0)));
            for (int i = 0; i < GOOD; i++) {
                // the first of them is taken before the last of these
                assertLabelled(submit(engine, Topics.encoded(event(i))));
            }
            assertThat(waiting).isNotDone();
            waiting.cancel(false);
            Condition.await("it is forgotten", () -> engine.pending() == 0);
        }
    }

    /** It may just be mounted anew; neither the frame's fault nor for good. */
    @Test
    void aPasswordThatCannotBeReadIsWaitedForLikeTheRegistry() throws Exception {
        Path secrets = directory.resolve("secrets.properties");
        try (TrialRegistry registry = TrialRegistry.start();
                InferencePipeline engine =
                        engine(
                                registry,
                                "--schema-registry.basic-auth.user-info=job:${file:%s:password}"
                                        .formatted(secrets))) {
            registry.demandLogin("job:correct-horse");
            int older = registry.register("in-value", Producers.OLDER.toString());
            CompletableFuture<FrameOutcome> waiting =
                    submit(engine, Producers.confluent(older, Producers.OLDER, event(0)));
            for (int i = 0; i < GOOD; i++) {
                assertLabelled(submit(engine, Topics.encoded(event(i))));
            }
            assertThat(waiting).isNotDone();

            Files.writeString(secrets, "password=correct-horse\n");
            assertLabelled(waiting);
        }
    }

    private InferencePipeline engine(TrialRegistry registry, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=unused",
                                "--input.topics=in",
                                "--output.topic=out",
                                "--model.path=unused",
                                "--schema-registry.url=" + registry.address()));
        arguments.addAll(List.of(more));
        return recipe.with(JobConfig.read(arguments, Map.of())).start(AssignedGpus.NONE);
    }

    private static ImageEvent event(int number) {
        return Topics.event(number);
    }

    private static CompletableFuture<FrameOutcome> submit(InferencePipeline engine, byte[] value) {
        return engine.submit(Records.of("camera", value, 0));
    }

    private static void assertLabelled(CompletableFuture<FrameOutcome> promise) throws Exception {
        assertThat(promise.get(30, TimeUnit.SECONDS)).isInstanceOf(FrameResult.class);
    }
}
