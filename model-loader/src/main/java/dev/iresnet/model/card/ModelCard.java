package dev.iresnet.model.card;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Task;
import dev.iresnet.zoo.Head;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code assets.extra/model.json} says of a model.
 *
 * @param task what the model is for
 * @param labels by class index
 * @param preprocessing picture to input
 * @param network that it was built from; empty for a SavedModel that another program wrote
 * @param source of the weights, if it was a file
 * @param signature by which a SavedModel of another program is called; empty for one that {@code
 *     ModelExporter} wrote
 * @param detection which boxes a detector tells; empty for other tasks
 * @param clip what a network for clips takes; empty for other tasks
 */
public record ModelCard(
        Task task,
        List<String> labels,
        Preprocessing preprocessing,
        Optional<Network> network,
        Optional<Provenance> source,
        Optional<ServedSignature> signature,
        Optional<DetectionRule> detection,
        Optional<ClipRule> clip) {

    public ModelCard {
        labels = List.copyOf(labels);
        if (network.isPresent() && signature.isPresent()) {
            throw new IllegalArgumentException(
                    "a model has either a network or a signature of another program");
        }
        int count = labels.size();
        if (count == 0) {
            throw new IllegalArgumentException("a model needs at least one label");
        }
        if (detection.isPresent() != (task == Task.DETECTION)) {
            throw new IllegalArgumentException(
                    "a model for DETECTION, and no other, says which boxes it tells");
        }
        if (signature.isPresent()
                && task != Task.VIDEO_CLASSIFICATION
                && signature.get().output() instanceof ServedDetections
                        != (task == Task.DETECTION)) {
            throw new IllegalArgumentException(
                    "the outputs of its signature are not those of a model for " + task);
        }
        if (clip.isPresent() != (task == Task.VIDEO_CLASSIFICATION)) {
            throw new IllegalArgumentException(
                    "a model for VIDEO_CLASSIFICATION, and no other, says which clips it takes");
        }
        network.ifPresent(known -> check(task, known, preprocessing));
        network.map(known -> known.architecture().classes())
                .filter(classes -> classes != count)
                .ifPresent(
                        classes -> {
                            throw new IllegalArgumentException(
                                    "%d labels for a network of %d classes"
                                            .formatted(count, classes));
                        });
    }

    private static void check(Task task, Network network, Preprocessing rule) {
        if (network.task() != task) {
            throw new IllegalArgumentException(
                    "%s is a network for %s, not for %s"
                            .formatted(network.architecture().name(), network.task(), task));
        }
        if (network.architecture().head() instanceof Head.Ssd ssd) {
            int side = ssd.boxes().side();
            if (rule.width() != side || rule.height() != side) {
                throw new IllegalArgumentException(
                        "%s takes pictures of %dx%d, the preprocessing makes %dx%d"
                                .formatted(ssd.boxes(), side, side, rule.width(), rule.height()));
            }
        }
    }

    /** The same with other boxes. */
    public ModelCard withDetection(DetectionRule rule) {
        return new ModelCard(
                task, labels, preprocessing, network, source, signature, Optional.of(rule), clip);
    }

    /** The same for other clips. */
    public ModelCard withClip(ClipRule rule) {
        return new ModelCard(
                task,
                labels,
                preprocessing,
                network,
                source,
                signature,
                detection,
                Optional.of(rule));
    }

    /**
     * The same with weights that are stored in another way.
     *
     * @throws IllegalArgumentException if it was not built from a known network
     */
    public ModelCard with(WeightType type) {
        Network known =
                network.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "only weights of a known network can be stored in"
                                                + " another way"));
        return new ModelCard(
                task,
                labels,
                preprocessing,
                Optional.of(new Network(known.architecture(), known.reluForm(), type)),
                source,
                signature,
                detection,
                clip);
    }

    /** With a detector's boxes, or clips, as its task has them. */
    public ModelCard(
            Task task,
            List<String> labels,
            Preprocessing preprocessing,
            Optional<Network> network,
            Optional<Provenance> source,
            Optional<ServedSignature> signature) {
        this(
                task,
                labels,
                preprocessing,
                network,
                source,
                signature,
                task == Task.DETECTION ? Optional.of(DetectionRule.SSD300) : Optional.empty(),
                task == Task.VIDEO_CLASSIFICATION ? Optional.of(ClipRule.USUAL) : Optional.empty());
    }

    /** Of a network that {@code ModelExporter} writes. */
    public static ModelCard of(
            Network network,
            List<String> labels,
            Preprocessing preprocessing,
            Optional<Provenance> source) {
        return new ModelCard(
                network.task(),
                labels,
                preprocessing,
                Optional.of(network),
                source,
                Optional.empty());
    }

    /** Of a classifier. */
    public ModelCard(
            List<String> labels,
            Preprocessing preprocessing,
            Optional<Network> network,
            Optional<Provenance> source,
            Optional<ServedSignature> signature) {
        this(Task.CLASSIFICATION, labels, preprocessing, network, source, signature);
    }

    /** Of a classifier that {@code ModelExporter} wrote. */
    public ModelCard(
            List<String> labels,
            Preprocessing preprocessing,
            Optional<Network> network,
            Optional<Provenance> source) {
        this(labels, preprocessing, network, source, Optional.empty());
    }

    /**
     * What a model's weights came from: a file, or training on the pictures of a directory.
     *
     * @param file name without directories
     * @param sha256 of its bytes, or of the pictures' digests; 64 lower-case hex digits
     * @param training options and results by name, sorted; empty for a file
     */
    public record Provenance(String file, String sha256, Map<String, String> training) {

        /** A file. */
        public Provenance(String file, String sha256) {
            this(file, sha256, Map.of());
        }

        public Provenance {
            training = Collections.unmodifiableMap(new TreeMap<>(training));
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "sha256 must be 64 lower-case hex digits, got '" + sha256 + "'");
            }
        }
    }
}
