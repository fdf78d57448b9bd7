package dev.iresnet.local.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the feed. Picocli fills the fields. */
final class FeedArguments {
    @Option(
            names = "--demo",
            paramLabel = "DEMO",
            defaultValue = "cifar10",
            description =
                    "What to show: cifar10, small pictures of ten classes by the bundled iResNet;"
                            + " photos, photographs (or those of --frames) by a network for"
                            + " ImageNet's 1000 classes; detection, blood cells that a small"
                            + " SSD finds; or video, clips that are made of"
                            + " photographs (or those of --frames, in a directory for each clip) by"
                            + " a network that tells how the camera moves. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Demo demo = Demo.CIFAR10;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "Frames to play; 0: none, bring your own producer. Default: 500, of photos"
                            + " and detection 100, of video 576.")
    private @Nullable Integer count;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "4",
            description = "Cameras that the frames are dealt to. Default: ${DEFAULT-VALUE}.")
    private int cameras;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description =
                    "Frames a second over all cameras, whether the job keeps up or not; 0: as many"
                            + " as the broker takes. Default: 100, of photos and"
                            + " detection 10, of video 40.")
    private @Nullable Double rate;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description =
                    "Pictures to play (JPEG, PNG). Names of sub-directories that are labels of the"
                            + " network are taken for the truth. Default: the bundled ones.")
    private @Nullable Path frames;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "Where to write what was sent, a JSON line a frame.")
    private @Nullable Path manifest;

    Demo demo() {
        return demo;
    }

    /** The values; where the user gave none, those of the demo. */
    FeedOptions options(Demo.Bundle bundle) {
        return new FeedOptions(
                count != null ? count : demo.count,
                cameras,
                rate != null ? rate : demo.perSecond,
                frames != null ? frames : bundle.frames(demo),
                demo.takesClips() && frames == null,
                Optional.ofNullable(manifest));
    }
}
