package dev.iresnet.training.detection;

import dev.iresnet.evaluation.TrueObject;
import dev.iresnet.file.Sha256;
import dev.iresnet.training.Dataset;
import dev.iresnet.training.LabelledPicture;
import dev.iresnet.training.Learner;
import dev.iresnet.training.LearningPictures.Prepared;
import dev.iresnet.training.PictureOrder;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.training.detection.DetectionPictures.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Annotated pictures that could be read, in the size that training takes them in. */
final class DecodedDetectionPictures implements Prepared {
    private final Source source;
    private final List<String> labels;
    private final AnnotatedCrops training;
    private final Optional<AnnotatedCrops> validation;

    DecodedDetectionPictures(
            Source source,
            List<String> labels,
            AnnotatedCrops training,
            Optional<AnnotatedCrops> validation) {
        this.source = source;
        this.labels = labels;
        this.training = training;
        this.validation = validation;
    }

    @Override
    public long stepsOfAnEpoch(int batch, boolean ordered) {
        return PictureOrder.stepsOfAnEpoch(trainingCount(), batch, ordered);
    }

    @Override
    public int trainingCount() {
        return training.learnable().size();
    }

    @Override
    public int validationCount() {
        return validation.map(some -> some.store().readable().size()).orElse(0);
    }

    @Override
    public List<String> warnings() {
        List<String> sentences = new ArrayList<>();
        int left = training.store().readable().size() - trainingCount();
        if (left > 0) {
            sentences.add(
                    "%d pictures without an object to learn are left out of training."
                            .formatted(left));
        }
        Map<String, List<TrueObject>> annotated = new LinkedHashMap<>();
        Stream.concat(Stream.of(training), validation.stream())
                .forEach(crops -> annotated.putAll(crops.annotated()));
        TrueObject.flaw(annotated).ifPresent(sentences::add);
        int[] objects = training.objects(labels.size());
        List<String> rare =
                IntStream.range(0, objects.length)
                        .filter(label -> objects[label] <= 1)
                        .mapToObj(labels::get)
                        .toList();
        if (!rare.isEmpty()) {
            sentences.add(
                    "There is at most one object to train %s with: it will hardly be found."
                            .formatted(Dataset.some(rare)));
        }
        Dataset learned = training.store().dataset();
        validation.ifPresent(some -> sentences.addAll(learned.leaks(some.store().dataset())));
        return sentences;
    }

    @Override
    public String digest() {
        boolean apart = source.validation().isPresent();
        return digest(lines(apart ? Optional.empty() : validation).sorted());
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("pictures", String.valueOf(trainingCount()));
        facts.put("objects", String.valueOf(IntStream.of(training.objects(labels.size())).sum()));
        facts.put("validation", source.validationName());
        facts.put("validation-pictures", String.valueOf(validationCount()));
        if (source.validation().isPresent() && validation.isPresent()) {
            facts.put("validation-sha256", digest(lines(validation.get()).sorted()));
        }
        facts.put("sequence-sha256", digest(lines(validation)));
        return facts;
    }

    private Stream<String> lines(Optional<AnnotatedCrops> second) {
        return Stream.concat(lines(training), second.stream().flatMap(this::lines));
    }

    /** Of a picture its digest and its objects. */
    private Stream<String> lines(AnnotatedCrops crops) {
        List<Integer> readable = crops.store().readable();
        List<LabelledPicture> pictures = crops.store().dataset().pictures();
        return IntStream.range(0, readable.size())
                .mapToObj(
                        i -> {
                            List<String> objects =
                                    crops.truth(readable.get(i)).stream().map(this::line).toList();
                            return pictures.get(i).sha256() + "  " + objects;
                        });
    }

    private String line(TrueObject object) {
        return "%s %s %b %b"
                .formatted(
                        labels.get(object.index()), object.box(), object.ignored(), object.crowd());
    }

    private static String digest(Stream<String> lines) {
        MessageDigest sha = Sha256.digest();
        lines.forEach(line -> sha.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return Sha256.hex(sha);
    }

    @Override
    public Learner<?> learner(TrainingPlan plan) {
        return new Detection(plan, labels, training, validation);
    }
}
