package dev.iresnet.hostile;

import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The job's own readers and decoders, and a made-up network, with counters between them. */
@SuppressWarnings("EnumOrdinal") // counters of one run
final class Probe {
    /** What TensorFlow's decoders object to, and not the checks before them. */
    private static final String BY_THE_DECODER = "cannot be decoded";

    private static final ModelDescription MODEL =
            new ModelDescription(
                    "made-up",
                    1,
                    "ab".repeat(32),
                    List.of("ant", "bee", "cat", "dog"),
                    new Preprocessing(
                            28,
                            28,
                            Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                            32,
                            List.of(0f, 0f, 0f),
                            List.of(1f, 1f, 1f)));

    private final AtomicLongArray reached = new AtomicLongArray(Depth.values().length);

    /**
     * @param limits of pictures
     */
    Stages stages(DecodeLimits limits) {
        return new Stages(
                reader(),
                new CountingCropper(new PicturePreprocessor(MODEL.preprocessing(), limits)),
                new MadeUpModel());
    }

    long reached(Depth depth) {
        return reached.get(depth.ordinal());
    }

    Map<Depth, Long> reached() {
        Map<Depth, Long> all = new TreeMap<>();
        for (Depth depth : Depth.values()) {
            all.put(depth, reached(depth));
        }
        return all;
    }

    private void reach(Depth depth) {
        reached.incrementAndGet(depth.ordinal());
    }

    /** Each topic by its own format, as two jobs would. */
    private FrameReader reader() {
        FrameReader events = new ImageEventFrameReader(this::decode);
        FrameReader pictures = new PictureFrameReader();
        return new FrameReader() {
            @Override
            public Frame read(RawRecord record) throws FrameException {
                if (record.topic().equals(MutatedRecords.PICTURES)) {
                    reach(Depth.PLAIN_PICTURE);
                    return pictures.read(record);
                }
                return events.read(record);
            }
        };
    }

    private ImageEvent decode(byte[] value) throws UnreadableRecordException {
        reach(Depth.EVENT_FRAME);
        try {
            ImageEvent event = Events.FORMAT.decode(value);
            reach(Depth.AVRO);
            reach(Depth.EVENT);
            return event;
        } catch (UnreadableRecordException e) {
            if (e.kind() == UnreadableRecordException.Kind.CORRUPT) {
                reach(Depth.AVRO);
            }
            throw e;
        }
    }

    private final class CountingCropper implements Preprocessor {
        private final Preprocessor cropper;

        CountingCropper(Preprocessor cropper) {
            this.cropper = cropper;
        }

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException {
            if (image.encoding().isRaw()) {
                reach(Depth.RAW_PIXELS);
                return cropper.crop(image, crop);
            }
            boolean jpeg = image.encoding() == Encoding.JPEG;
            reach(jpeg ? Depth.JPEG_MARKERS : Depth.PNG_CHUNKS);
            Depth decoder = jpeg ? Depth.JPEG_DECODER : Depth.PNG_DECODER;
            try {
                CropGeometry geometry = cropper.crop(image, crop);
                reach(decoder);
                return geometry;
            } catch (ImageException e) {
                if (String.valueOf(e.getMessage()).contains(BY_THE_DECODER)) {
                    reach(decoder);
                }
                throw e;
            }
        }

        @Override
        public void close() {
            cropper.close();
        }
    }

    private final class MadeUpModel implements Model {
        @Override
        public ModelDescription description() {
            return MODEL;
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            int classes = MODEL.labels().size();
            float[] scores = new float[crops.size() * classes];
            for (int row = 0; row < crops.size(); row++) {
                reach(Depth.MODEL);
                ByteBuffer crop = crops.get(row).pixels();
                scores[row * classes + (crop.get(crop.position()) & 3)] = 1;
            }
            return ClassScores.rows(scores, classes);
        }

        @Override
        public void close() {}
    }
}
