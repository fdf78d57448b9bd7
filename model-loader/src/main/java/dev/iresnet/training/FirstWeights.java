package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.SavedWeights;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recogniser;
import dev.iresnet.weights.Recognition;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What training begins with.
 *
 * @param network of as many classes as there are to learn
 * @param rule that the weights were trained with, if that is known
 * @param clip that they were trained with, if that is known; of a network for clips
 * @param values of that network
 * @param source of the values; none of random ones
 * @param newHead whether the layers that tell classes begin anew
 */
public record FirstWeights(
        Network network,
        Optional<Preprocessing> rule,
        Optional<ClipRule> clip,
        WeightSource values,
        Optional<Provenance> source,
        boolean newHead) {

    /** Random ones. */
    public static FirstWeights random(Network network, long seed) {
        return new FirstWeights(
                network,
                Optional.empty(),
                Optional.empty(),
                new SeededWeights(network.architecture(), seed),
                Optional.empty(),
                true);
    }

    /**
     * What is to be trained.
     *
     * @param labels to learn; the head stays if it has these, or, of a checkpoint, as many
     * @param network to train, if it is said: names and shapes of some checkpoints fit several
     * @param form of the shortcuts, if it is said
     * @param detects whether a detector is trained; its backbone takes a classifier's weights
     * @param seed of a new head
     */
    public record Wanted(
            List<String> labels,
            Optional<Architecture> network,
            Optional<ReluForm> form,
            boolean detects,
            long seed) {}

    /** What a checkpoint or a model is for. */
    public static Task task(Path from) {
        if (Files.isDirectory(from)) {
            return ModelDirectory.open(from).card().task();
        }
        try (Checkpoint checkpoint = Checkpoint.open(from)) {
            Architecture network =
                    Recogniser.recognise(from.toString(), checkpoint.shapes()).network();
            return new Network(network, ReluForm.AUTHORS).task();
        }
    }

    /** The same weights in a network of these strides along frames. */
    public FirstWeights withStrides(Architecture other) {
        return new FirstWeights(
                new Network(other, network.reluForm()), rule, clip, values, source, newHead);
    }

    /**
     * Those of a checkpoint or of a model that was built from a known network.
     *
     * @throws TrainingException if the network cannot be trained
     */
    public static FirstWeights of(Path from, Wanted wanted) throws IOException {
        return Files.isDirectory(from) ? ofModel(from, wanted) : ofCheckpoint(from, wanted);
    }

    private static FirstWeights ofCheckpoint(Path file, Wanted wanted) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition found = Recogniser.recognise(file.toString(), checkpoint.shapes());
            if (found.grey()) {
                throw new TrainingException(
                        file
                                + " takes pictures of one channel: import it, and train from the"
                                + " model that this gives");
            }
            Architecture network = named(file, found.candidates(), wanted);
            Map<String, float[]> values = new HashMap<>();
            checkpoint.shapes().keySet().forEach(key -> values.put(key, checkpoint.read(key)));
            boolean same = network.classes() == wanted.labels.size();
            ReluForm form = wanted.form.orElse(ReluForm.AUTHORS);
            return with(
                            new Network(network, form),
                            Optional.empty(),
                            Optional.empty(),
                            values,
                            same,
                            wanted)
                    .from(String.valueOf(file.getFileName()), Sha256.of(file.toRealPath()));
        }
    }

    private static Architecture named(Path from, List<Architecture> fitting, Wanted wanted) {
        boolean clips = wanted.network.map(Architecture::takesClips).orElse(false);
        if (clips && !fitting.get(0).takesClips()) {
            throw new TrainingException(
                    "%s is %s, for pictures: make a network for clips of it with 'iresnet import --inflate', and train that"
                            .formatted(from, fitting.get(0).name()));
        }
        if (wanted.detects && !(fitting.get(0).head() instanceof Head.Ssd)) {
            return fitting.get(0);
        }
        Optional<String> name = wanted.network.map(Architecture::name);
        return fitting.stream()
                .filter(network -> name.isEmpty() || network.name().equals(name.get()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TrainingException(
                                        "--network %s: the names and shapes in %s fit %s"
                                                .formatted(
                                                        name.orElse(""),
                                                        from,
                                                        fitting.stream()
                                                                .map(Architecture::name)
                                                                .toList())));
    }

    private static FirstWeights ofModel(Path directory, Wanted wanted) {
        ModelDirectory model = ModelDirectory.open(directory);
        Network network =
                model.card()
                        .network()
                        .orElseThrow(
                                () ->
                                        new TrainingException(
                                                directory
                                                        + " was not built from a known network:"
                                                        + " only those can be trained"));
        named(directory, List.of(network.architecture()), wanted);
        if (wanted.form.isPresent() && wanted.form.get() != network.reluForm()) {
            throw new TrainingException(
                    "%s has shortcuts of form %s, which --relu cannot change"
                            .formatted(directory, network.reluForm()));
        }
        return with(
                        network,
                        Optional.of(model.card().preprocessing()),
                        model.card().clip(),
                        read(model, network.architecture()),
                        model.card().labels().equals(wanted.labels),
                        wanted)
                .from(model.name(), model.digest());
    }

    private static Map<String, float[]> read(ModelDirectory model, Architecture network) {
        Map<String, float[]> values = new HashMap<>();
        try (SavedWeights saved = SavedWeights.open(model)) {
            Inventory.weights(network)
                    .forEach(weight -> values.put(weight.key(), saved.read(weight.key())));
        }
        return values;
    }

    private static FirstWeights with(
            Network network,
            Optional<Preprocessing> rule,
            Optional<ClipRule> clip,
            Map<String, float[]> values,
            boolean sameHead,
            Wanted wanted) {
        Architecture own = network.architecture();
        boolean detects = own.head() instanceof Head.Ssd;
        boolean other = wanted.detects && !detects;
        Architecture learned =
                (other ? detector(own, wanted) : own).withClasses(wanted.labels.size());
        Map<String, String> moved = other ? moved(own, learned) : Map.of();
        SeededWeights random = new SeededWeights(learned, wanted.seed);
        String head = detects ? "conf." : "fc.";
        WeightSource source =
                key -> {
                    boolean anew = !sameHead && key.startsWith(head);
                    return anew || (other && isHead(key))
                            ? random.read(key)
                            : Objects.requireNonNull(values.get(moved.getOrDefault(key, key)), key);
                };
        return new FirstWeights(
                new Network(learned, network.reluForm()),
                learned.head() instanceof Head.Ssd ssd
                        ? rule.map(known -> known.stretchedTo(ssd.boxes().side()))
                        : rule,
                clip,
                source,
                Optional.empty(),
                other || !sameHead);
    }

    /** Of a detector. */
    private static boolean isHead(String key) {
        return Stream.of("additional_blocks.", "loc.", "conf.").anyMatch(key::startsWith);
    }

    /** One whose backbone takes the weights of a classifier. */
    private static Architecture detector(Architecture own, Wanted wanted) {
        return wanted.network.orElseGet(
                () ->
                        Networks.ssd300(
                                own.family()
                                        .orElseThrow(
                                                () ->
                                                        new TrainingException(
                                                                "No detector has the backbone of "
                                                                        + own.name())),
                                own.depth(),
                                own.backbone().stem().width()));
    }

    /** Keys of a classifier's weights by those of a detector's backbone. */
    private static Map<String, String> moved(Architecture own, Architecture detector) {
        Set<Weight> present = Set.copyOf(Inventory.weights(own));
        Map<String, String> keys = new HashMap<>();
        for (Weight weight : Inventory.weights(detector)) {
            if (isHead(weight.key())) {
                continue;
            }
            String key =
                    Stream.of(weight.key(), behindPool(weight.key()))
                            .filter(
                                    k ->
                                            present.contains(
                                                    new Weight(
                                                            k, weight.shape(), weight.trained())))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new TrainingException(
                                                    "The weights of %s do not fit the backbone of %s: it needs %s of shape %s"
                                                            .formatted(
                                                                    own.name(),
                                                                    detector.name(),
                                                                    weight.key(),
                                                                    weight.shape())));
            keys.put(weight.key(), key);
        }
        return keys;
    }

    /** The last stage of a detector has no pool in its shortcut, that of a classifier may have. */
    private static String behindPool(String key) {
        return key.replace(".downsample.1.", ".downsample.2.")
                .replace(".downsample.0.", ".downsample.1.");
    }

    private FirstWeights from(String name, String sha256) {
        return new FirstWeights(
                network, rule, clip, values, Optional.of(new Provenance(name, sha256)), newHead);
    }
}
