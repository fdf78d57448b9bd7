package dev.iresnet.cli.training;

import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingPictures;
import dev.iresnet.training.TrainingPlan;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a model tells of its training.
 *
 * @param best whether it is of the weights that did best, else of the last
 * @param accuracy of these weights on the validation pictures, if it was measured
 */
record TrainedModel(
        TrainingPlan plan, TrainingPictures pictures, boolean best, OptionalDouble accuracy) {

    static TrainedModel of(
            TrainingPlan plan, TrainingPictures pictures, Training.Result result, boolean best) {
        return new TrainedModel(
                plan, pictures, best, best ? result.accuracy() : result.lastAccuracy());
    }

    ModelCard card(Path dataset) {
        Map<String, String> facts = new TreeMap<>(plan.options());
        facts.put("pictures", String.valueOf(pictures.trainingCount()));
        facts.put("validation-pictures", String.valueOf(pictures.validationCount()));
        facts.put("weights", best ? "best" : "last");
        accuracy.ifPresent(share -> facts.put("accuracy", String.valueOf(share)));
        String name = String.valueOf(dataset.toAbsolutePath().normalize().getFileName());
        return new ModelCard(
                pictures.labels(),
                plan.rule(),
                Optional.of(plan.network()),
                Optional.of(new Provenance(name, pictures.digest(), facts)));
    }

    /** A sentence for people. */
    String told(ModelDirectory model) {
        String measured =
                accuracy.isPresent()
                        ? String.format(
                                Locale.ROOT,
                                ", %.2f%% of the validation pictures right",
                                100 * accuracy.getAsDouble())
                        : "";
        return "Wrote %s: %s%s (digest %s)"
                .formatted(
                        model.path(),
                        plan.network().architecture().name(),
                        measured,
                        model.digest());
    }
}
