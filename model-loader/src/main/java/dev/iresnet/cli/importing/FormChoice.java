package dev.iresnet.cli.importing;

import dev.iresnet.file.DirectoryTree;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.CheckpointException;
import dev.iresnet.weights.Recognition;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds among the networks that fit a checkpoint's keys the one that gives known logits. */
final class FormChoice {
    private final WeightSource weights;
    private final PrintWriter out;

    FormChoice(WeightSource weights, PrintWriter out) {
        this.weights = weights;
        this.out = out;
    }

    /** Every network that the keys allow, the likeliest first. */
    static List<Network> candidates(Recognition recognition, List<ReluForm> forms) {
        List<Network> candidates = new ArrayList<>();
        for (Architecture a : recognition.candidates()) {
            boolean staged = a.backbone().style().order() == BlockOrder.STAGED;
            for (ReluForm form : staged ? forms : forms.subList(0, 1)) {
                candidates.add(new Network(a, form));
            }
        }
        return candidates;
    }

    /**
     * Tries each candidate.
     *
     * @param aside an existing directory in which models may be built; left as it was
     * @throws CheckpointException if none gives the logits
     */
    Network choose(List<Network> candidates, Expectation expectation, Path aside)
            throws IOException {
        TreeMap<Double, Network> byError = new TreeMap<>();
        for (Network candidate : candidates) {
            double error = error(candidate, expectation, aside);
            out.printf(Locale.ROOT, "%s: relative error %.2g%n", name(candidate), error);
            out.flush();
            byError.putIfAbsent(error, candidate);
        }
        Map.Entry<Double, Network> best = byError.firstEntry();
        if (!(best.getKey() <= Expectation.TOLERANCE)) {
            throw new CheckpointException(
                    "No form of the network gives the expected logits (relative error at most %.0e):"
                                    .formatted(Expectation.TOLERANCE)
                            + " is the input normalised, and do the logits belong to these"
                            + " weights? (Of clips: are the --temporal-strides right?)");
        }
        return best.getValue();
    }

    private double error(Network candidate, Expectation expectation, Path aside)
            throws IOException {
        Path trial = Files.createTempDirectory(aside, ".expect-");
        try {
            int classes = candidate.architecture().classes();
            ModelCard card =
                    ModelCard.of(
                            candidate,
                            Collections.nCopies(classes, "class"),
                            candidate.architecture().head() instanceof Head.Ssd ssd
                                    ? Preprocessing.IMAGENET.stretchedTo(ssd.boxes().side())
                                    : Preprocessing.IMAGENET,
                            Optional.empty());
            return expectation.error(ModelExporter.export(card, weights, trial.resolve("trial")));
        } finally {
            DirectoryTree.delete(trial);
        }
    }

    static String name(Network network) {
        String name = network.architecture().name();
        return network.architecture().backbone().style().order() == BlockOrder.STAGED
                ? name + ", shortcuts of form " + network.reluForm()
                : name;
    }
}
