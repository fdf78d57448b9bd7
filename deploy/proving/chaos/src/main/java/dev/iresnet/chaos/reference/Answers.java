package dev.iresnet.chaos.reference;

import dev.iresnet.image.Cropper;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PictureCropper;
import dev.iresnet.model.Model;
import dev.iresnet.model.Scores;
import dev.iresnet.proving.feed.PictureFolder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a network says of pictures. */
final class Answers {

    private Answers() {}

    /** The pictures as the network takes them, in the folder's order. */
    static List<ByteBuffer> crops(Model model, PictureFolder pictures) throws ImageException {
        List<ByteBuffer> crops = new ArrayList<>();
        try (Cropper cropper =
                new PictureCropper(model.description().preprocessing(), DecodeLimits.DEFAULT)) {
            for (String file : pictures.files()) {
                ByteBuffer crop =
                        ByteBuffer.allocateDirect(model.description().preprocessing().cropBytes());
                cropper.crop(
                        EncodedImage.compressed(
                                file.endsWith(".png") ? Encoding.PNG : Encoding.JPEG,
                                ByteBuffer.wrap(pictures.read(file).bytes())),
                        crop);
                crops.add(crop);
            }
        }
        return crops;
    }

    /** A row for each crop, found in batches of that size. */
    static Scores inBatches(Model model, List<ByteBuffer> crops, int size) {
        int classes = model.description().labels().size();
        float[] all = new float[crops.size() * classes];
        for (int from = 0; from < crops.size(); from += size) {
            List<ByteBuffer> batch = crops.subList(from, Math.min(crops.size(), from + size));
            float[] values = model.classify(batch).values();
            System.arraycopy(values, 0, all, from * classes, values.length);
        }
        return new Scores(classes, all);
    }
}
