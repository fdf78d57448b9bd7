package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a model says of pictures, or of videos: of these the mean over their clips. */
final class Predictions {
    private final Model model;
    private final JpegDecoding decoding;
    private final int batch;
    private final Failures failures;

    /**
     * @param batch samples that are run together
     * @param failures takes the files that cannot be read
     */
    Predictions(Model model, JpegDecoding decoding, int batch, Failures failures) {
        this.model = model;
        this.decoding = decoding;
        this.batch = batch;
        this.failures = failures;
    }

    /** Takes what is said of one file. */
    interface Consumer {
        void accept(PictureFile file, CropGeometry picture, Prediction told);
    }

    /** Hands what is said of all files on, in their order. */
    void forEach(List<PictureFile> files, Consumer consumer) {
        if (model.description().clip().isPresent()) {
            ofVideos(files, consumer);
            return;
        }
        new PictureBatches(model.description(), decoding, batch, failures)
                .forEach(
                        files,
                        (some, samples) -> {
                            List<Prediction> told = model.predict(samples);
                            for (int row = 0; row < some.size(); row++) {
                                consumer.accept(
                                        some.get(row), samples.get(row).geometry(), told.get(row));
                            }
                        });
    }

    private void ofVideos(List<PictureFile> files, Consumer consumer) {
        try (ClipReader reader = new ClipReader(model.description(), decoding)) {
            for (PictureFile file : files) {
                ClipReader.Clips clips;
                try {
                    clips = reader.read(file.path());
                } catch (IOException | ImageException e) {
                    failures.add(file.path(), e);
                    continue;
                }
                consumer.accept(file, clips.geometry(), mean(clips));
            }
        }
    }

    private ClassScores mean(ClipReader.Clips clips) {
        List<Prediction> told = new ArrayList<>();
        int count = clips.indices().size();
        for (int from = 0; from < count; from += batch) {
            told.addAll(model.predict(clips.samples(from, Math.min(count, from + batch))));
        }
        return ClassScores.mean(told);
    }
}
