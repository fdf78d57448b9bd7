package dev.iresnet.cli.training;

import dev.iresnet.cli.importing.CreateCommand.NetworkNames;
import dev.iresnet.cli.option.ClipOptions;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.Network;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network is trained, from which weights, and which part of it. */
final class StartOptions {
    /** What of a network is not trained. */
    enum Frozen {
        NONE,
        BACKBONE
    }

    @Option(
            names = "--network",
            paramLabel = "NAME",
            completionCandidates = NetworkNames.class,
            description = {
                "What to train from random weights: iresnet50, cifar-iresnet20, ssd300-iresnet18;"
                        + " iresnet3d18 for clips.",
                "With --from: which network a checkpoint is, where names and shapes fit several; or"
                        + " the detector whose backbone begins with a classifier's weights."
            })
    private @Nullable String name;

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Filters of the first layer of --network; all others are in proportion. Default:"
                            + " 64, 16 in the CIFAR form, or as --from.")
    private @Nullable Integer width;

    @Option(
            names = "--from",
            paramLabel = "FILE|DIR",
            description = {
                "Weights to begin with: a checkpoint (.pth, .safetensors) or a model. The head"
                        + " begins anew unless it has the classes of DATASET; that of a checkpoint,"
                        + " whose classes have no names, unless it has as many."
            })
    private @Nullable Path from;

    @Option(
            names = "--relu",
            paramLabel = "authors|paper",
            description =
                    "Form of the shortcuts in staged networks, see 'iresnet import --help'."
                            + " Default: authors.")
    private @Nullable ReluForm relu;

    @Option(
            names = "--freeze",
            paramLabel = "none|backbone",
            defaultValue = "none",
            description =
                    "'backbone' trains the last layer alone, on features that are computed once:"
                            + " fast, and enough for few pictures. Default: ${DEFAULT-VALUE}.")
    private Frozen freeze = Frozen.NONE;

    @Mixin private ClipOptions clips = new ClipOptions();

    /**
     * Before all pictures are read, so that a wrong name is told at once.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    void check() {
        if (name == null && from == null) {
            throw new IllegalArgumentException("Say --network, or --from, or both");
        }
        if (name != null) {
            clips.applied(named());
        }
    }

    private Architecture named() {
        String network = Objects.requireNonNull(name).toLowerCase(Locale.ROOT);
        return width == null ? Networks.named(network) : Networks.named(network, width);
    }

    /**
     * What is trained.
     *
     * @param annotated whether other options say that it is a detector
     * @throws IllegalArgumentException if options are for others alone
     */
    Task task(boolean annotated) {
        Task task = task();
        if (annotated && name == null) {
            task = Task.DETECTION;
        }
        boolean detects = task == Task.DETECTION;
        if (annotated && !detects) {
            throw new IllegalArgumentException(
                    "--annotations, --validation-annotations and --split are for detectors;"
                            + " --network "
                            + name
                            + " is none");
        }
        if (width != null && (name == null || (from != null && !detects))) {
            throw new IllegalArgumentException(
                    "--width is for a network of random weights that --network names");
        }
        if (detects && headOnly()) {
            throw new IllegalArgumentException("--freeze is for classifiers");
        }
        return task;
    }

    private Task task() {
        return name != null
                ? new Network(named(), ReluForm.AUTHORS).task()
                : FirstWeights.task(Objects.requireNonNull(from));
    }

    boolean headOnly() {
        return freeze == Frozen.BACKBONE;
    }

    /**
     * What training begins with.
     *
     * @param tell takes sentences for people
     */
    FirstWeights weights(List<String> labels, Task task, long seed, Consumer<String> tell)
            throws IOException {
        FirstWeights first = begun(labels, task == Task.DETECTION, seed, tell);
        return first.withStrides(clips.applied(first.network().architecture()));
    }

    /** What a network for clips takes; empty for others. */
    Optional<ClipRule> clip(FirstWeights first) {
        return clips.rule(first.network().architecture(), first.clip());
    }

    private FirstWeights begun(
            List<String> labels, boolean detects, long seed, Consumer<String> tell)
            throws IOException {
        if (from == null) {
            Architecture architecture = named().withClasses(labels.size());
            ReluForm form = relu != null ? relu : ReluForm.AUTHORS;
            return FirstWeights.random(new Network(architecture, form), seed);
        }
        Optional<Architecture> said = name == null ? Optional.empty() : Optional.of(named());
        FirstWeights first =
                FirstWeights.of(
                        from,
                        new FirstWeights.Wanted(
                                labels, said, Optional.ofNullable(relu), detects, seed));
        if (first.newHead()) {
            tell.accept("The last layer begins anew: the classes are others than those of " + from);
        }
        return first;
    }
}
