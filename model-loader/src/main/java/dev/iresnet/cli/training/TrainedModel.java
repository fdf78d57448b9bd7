package dev.iresnet.cli.training;

import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.LearningPictures;
import dev.iresnet.training.Trainer.Meaning;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.zoo.Backbone;
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

    /** Before it is trained. */
    static TrainedModel of(
            TrainingPlan plan,
            Path dataset,
            List<String> labels,
            LearningPictures.Prepared pictures,
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
        Backbone backbone = plan.network().architecture().backbone();
        all.put("width", String.valueOf(backbone.stem().width()));
        backbone.temporal()
                .ifPresent(over -> all.put("temporal-strides", over.strides().toString()));
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
        (best ? result.score() : result.lastScore())
                .ifPresent(share -> all.put(meaning(), String.valueOf(share)));
        return new TrainedModel(plan, file, sha256, labels, all);
    }

    private String meaning() {
        boolean detects = plan.network().task() == Task.DETECTION;
        return (detects ? Meaning.MAP50 : Meaning.ACCURACY).title();
    }

    ModelCard card() {
        ModelCard card =
                ModelCard.of(
                        plan.network(),
                        labels,
                        plan.rule(),
                        Optional.of(new Provenance(file, sha256, facts)));
        return plan.clip().map(card::withClip).orElse(card);
    }

    /** For a picture of how training went. */
    String title() {
        return "%s, trained on %s".formatted(plan.network().architecture().name(), file);
    }

    /** A sentence for people. */
    String told(ModelDirectory model) {
        String accuracy = facts.get(meaning());
        String measured =
                accuracy != null
                        ? String.format(
                                Locale.ROOT,
                                ", %s %.2f%% on the validation %s",
                                meaning(),
                                100 * Double.parseDouble(accuracy),
                                plan.noun())
                        : "";
        return "Wrote %s: %s%s (digest %s)"
                .formatted(
                        model.path(),
                        plan.network().architecture().name(),
                        measured,
                        model.digest());
    }
}
