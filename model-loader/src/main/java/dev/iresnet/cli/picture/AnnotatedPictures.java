package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.evaluation.Annotations;
import dev.iresnet.evaluation.AveragePrecision;
import dev.iresnet.evaluation.TrueObject;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of which is known what they show.
 *
 * @param files that are annotated, 1 or more
 * @param truth of them
 */
record AnnotatedPictures(List<PictureFile> files, Annotations truth) {

    /**
     * Those of some pictures that are annotated.
     *
     * @param split names the pictures to be taken, one a line; all if it is null
     * @throws IOException if it takes one that is not there or not annotated, or none is left
     */
    static AnnotatedPictures of(List<PictureFile> files, Annotations truth, @Nullable Path split)
            throws IOException {
        return new AnnotatedPictures(
                truth.taken(files, PictureFile::name, Optional.ofNullable(split)), truth);
    }

    /** What is wrong with their annotations. */
    Optional<String> flaw() {
        Map<String, List<TrueObject>> objects = new LinkedHashMap<>();
        files.forEach(
                file -> objects.put(file.name().toString(), truth.of(file.name()).orElseThrow()));
        return TrueObject.flaw(objects);
    }

    /** Compares what was told of some of them. */
    void count(
            List<PictureFile> some,
            List<Prediction> predictions,
            AveragePrecision precision,
            Failures failures) {
        for (int row = 0; row < some.size(); row++) {
            PictureFile file = some.get(row);
            if (predictions.get(row) instanceof Detections told && told.isFinite()) {
                precision.add(truth.of(file.name()).orElseThrow(), told);
            } else {
                failures.add(file.path(), Failures.NOT_FINITE);
            }
        }
    }
}
