package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.model.export.WeightTransfer;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recogniser;
import dev.iresnet.weights.Recognition;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;

/**
 * What training begins with.
 *
 * @param network of as many classes as there are to learn
 * @param rule that the weights were trained with, if that is known
 * @param values of that network
 * @param newHead whether the dense layer begins anew
 */
public record FirstWeights(
        Network network, Optional<Preprocessing> rule, WeightSource values, boolean newHead) {

    /** Random ones. */
    public static FirstWeights random(Network network, long seed) {
        return new FirstWeights(
                network, Optional.empty(), new SeededWeights(network.architecture(), seed), true);
    }

    /**
     * Those of a checkpoint or of a model that was built from a known network.
     *
     * @param labels to learn; the head stays if it has these, or, of a checkpoint, as many
     * @param name of the network, if it is said: names and shapes of some checkpoints fit several
     * @param form of the shortcuts, if it is said
     * @param seed of a new head
     * @throws TrainingException if the network cannot be trained
     */
    public static FirstWeights of(
            Path from,
            List<String> labels,
            Optional<String> name,
            Optional<ReluForm> form,
            long seed) {
        return Files.isDirectory(from)
                ? ofModel(from, labels, name, form, seed)
                : ofCheckpoint(from, labels, name, form.orElse(ReluForm.AUTHORS), seed);
    }

    private static FirstWeights ofCheckpoint(
            Path file, List<String> labels, Optional<String> name, ReluForm form, long seed) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition found = Recogniser.recognise(file.toString(), checkpoint.shapes());
            if (found.grey()) {
                throw new TrainingException(
                        file
                                + " takes pictures of one channel: import it, and train from the"
                                + " model that this gives");
            }
            Architecture network = named(file, found.candidates(), name);
            Map<String, float[]> values = new HashMap<>();
            checkpoint.shapes().keySet().forEach(key -> values.put(key, checkpoint.read(key)));
            boolean same = network.classes() == labels.size();
            return with(new Network(network, form), Optional.empty(), values, same, labels, seed);
        }
    }

    private static Architecture named(
            Path from, List<Architecture> fitting, Optional<String> name) {
        if (!(fitting.get(0).head() instanceof Head.Classifier) || fitting.get(0).takesClips()) {
            throw new TrainingException(
                    "%s is %s: classifiers of pictures are trained here, no detectors and no networks for clips"
                            .formatted(from, fitting.get(0).name()));
        }
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

    private static FirstWeights ofModel(
            Path directory,
            List<String> labels,
            Optional<String> name,
            Optional<ReluForm> form,
            long seed) {
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
        named(directory, List.of(network.architecture()), name);
        if (form.isPresent() && form.get() != network.reluForm()) {
            throw new TrainingException(
                    "%s has shortcuts of form %s, which --relu cannot change"
                            .formatted(directory, network.reluForm()));
        }
        return with(
                network,
                Optional.of(model.card().preprocessing()),
                read(model, network.architecture()),
                model.card().labels().equals(labels),
                labels,
                seed);
    }

    private static Map<String, float[]> read(ModelDirectory model, Architecture network) {
        List<Weight> weights = Inventory.weights(network);
        Map<String, float[]> values = new HashMap<>();
        try (SavedModelBundle bundle =
                SavedModelBundle.loader(model.path().toString())
                        .withConfigProto(TensorFlowProcess.literalConfig())
                        .load()) {
            for (Weight weight : weights) {
                Session.Runner runner = bundle.session().runner().fetch(weight.key());
                try (Result result = runner.run()) {
                    values.put(weight.key(), WeightTransfer.toTorch(weight, result.get(0)));
                }
            }
        }
        return values;
    }

    private static FirstWeights with(
            Network network,
            Optional<Preprocessing> rule,
            Map<String, float[]> values,
            boolean sameHead,
            List<String> labels,
            long seed) {
        Architecture learned = network.architecture().withClasses(labels.size());
        SeededWeights random = new SeededWeights(learned, seed);
        WeightSource source =
                key ->
                        !sameHead && key.startsWith("fc.")
                                ? random.read(key)
                                : Objects.requireNonNull(values.get(key), key);
        return new FirstWeights(new Network(learned, network.reluForm()), rule, source, !sameHead);
    }
}
