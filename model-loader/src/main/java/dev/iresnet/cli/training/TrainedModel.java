package dev.iresnet.cli.training;

import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingPictures.Decoded;
import dev.iresnet.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model tells of its training.
 *
 * @param plan by which it was trained
 * @param file name of the data set
 * @param sha256 of its pictures
 * @param labels of the classes
 * @param facts on how it was trained and what came out
 */
record TrainedModel(
        TrainingPlan plan,
        String file,
        String sha256,
        List<String> labels,
        Map<String, String> facts) {
    private static final String ACCURACY = "accuracy";

    /** Before it is trained. */
    static TrainedModel of(
            TrainingPlan plan,
            Path dataset,
            List<String> labels,
            Decoded pictures,
            FirstWeights first) {
        Map<String, String> facts = new TreeMap<>(plan.options());
        facts.putAll(pictures.facts());
        facts.put("from", first.source().map(Provenance::file).orElse("random"));
        first.source().ifPresent(source -> facts.put("from-sha256", source.sha256()));
        String name = String.valueOf(dataset.toAbsolutePath().normalize().getFileName());
        return new TrainedModel(plan, name, pictures.digest(), labels, facts);
    }

    /** All that decides what comes out of training. */
    Map<String, String> facts(int threads) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("preprocessing", plan.rule().toString());
        all.put("threads", String.valueOf(threads));
        return all;
    }

    /**
     * What came out.
     *
     * @param best whether it is of the weights that did best, else of the last
     */
    TrainedModel with(Training.Result result, boolean best) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("weights", best ? "best" : "last");
        (best ? result.accuracy() : result.lastAccuracy())
                .ifPresent(share -> all.put(ACCURACY, String.valueOf(share)));
        return new TrainedModel(plan, file, sha256, labels, all);
    }

    ModelCard card() {
        return new ModelCard(
                labels,
                plan.rule(),
                Optional.of(plan.network()),
                Optional.of(new Provenance(file, sha256, facts)));
    }

    /** For a picture of how training went. */
    String title() {
        return "%s, trained on %s".formatted(plan.network().architecture().name(), file);
    }

    /** A sentence for people. */
    String told(ModelDirectory model) {
        String accuracy = facts.get(ACCURACY);
        String measured =
                accuracy != null
                        ? String.format(
                                Locale.ROOT,
                                ", %.2f%% of the validation pictures right",
                                100 * Double.parseDouble(accuracy))
                        : "";
        return "Wrote %s: %s%s (digest %s)"
                .formatted(
                        model.path(),
                        plan.network().architecture().name(),
                        measured,
                        model.digest());
    }
}
