package dev.iresnet.chaos.reference;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.proving.feed.PictureFolder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a network says of pictures. */
final class Answers {

    private Answers() {}

    /** The pictures as the network takes them, in the folder's order. */
    static List<Sample> samples(Model model, PictureFolder pictures) throws ImageException {
        List<Sample> samples = new ArrayList<>();
        try (Preprocessor preprocessor =
                new PicturePreprocessor(
                        model.description().preprocessing(), DecodeLimits.DEFAULT)) {
            for (String file : pictures.files()) {
                ByteBuffer crop =
                        ByteBuffer.allocateDirect(model.description().preprocessing().cropBytes());
                EncodedImage image =
                        EncodedImage.compressed(
                                file.endsWith(".png") ? Encoding.PNG : Encoding.JPEG,
                                ByteBuffer.wrap(pictures.read(file).bytes()));
                samples.add(new Sample(crop, preprocessor.crop(image, crop)));
            }
        }
        return samples;
    }

    /** One for each sample, found in batches of that size. */
    static List<Prediction> inBatches(Model model, List<Sample> samples, int size) {
        List<Prediction> all = new ArrayList<>(samples.size());
        for (int from = 0; from < samples.size(); from += size) {
            all.addAll(model.predict(samples.subList(from, Math.min(samples.size(), from + size))));
        }
        return all;
    }
}
