package dev.iresnet.inference;

import dev.iresnet.engine.FakeModel;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ModelException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pictures that say what shall become of them, and a cropper that obeys. They begin as a JPEG does,
 * then comes a byte of {@link Fate}, a number and a class; the crop carries these on to {@link
 * FakeModel}.
 */
@SuppressWarnings("EnumOrdinal") // written and read within one run
public final class Pictures {
    /** 6 are needed. */
    public static final int CROP_BYTES = 12;

    public static final FrameReader READER = new PictureFrameReader();

    private static final int MAGIC_BYTES = 3;

    public enum Fate {
        GOOD,
        NOT_FINITE,
        CORRUPT,
        BUG,
        OVERFLOW,
        DEVICE_LOST,
        CLASS_LOST
    }

    private Pictures() {}

    /** A record whose offset is the picture's number. */
    public static RawRecord record(String camera, int number, Fate fate) {
        byte[] value =
                ByteBuffer.allocate(CROP_BYTES)
                        .put((byte) 0xff)
                        .put((byte) 0xd8)
                        .put((byte) 0xff)
                        .put((byte) fate.ordinal())
                        .putInt(number)
                        .put((byte) classOf(number))
                        .array();
        return Records.of(camera, value, number);
    }

    public static RawRecord record(int number) {
        return record("door", number, Fate.GOOD);
    }

    public static int classOf(int number) {
        return number % FakeModel.LABELS.size();
    }

    public static Fate fateIn(ByteBuffer crop) {
        return Fate.values()[crop.get(0)];
    }

    public static int numberIn(ByteBuffer crop) {
        return crop.getInt(1);
    }

    public static int classIn(ByteBuffer crop) {
        return crop.get(5);
    }

    public static final class ObedientCropper implements Preprocessor {
        final AtomicInteger closes = new AtomicInteger();

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException {
            for (int i = 0; i < 6; i++) {
                crop.put(i, image.bytes().get(MAGIC_BYTES + i));
            }
            switch (fateIn(crop)) {
                case GOOD, NOT_FINITE -> {}
                case CORRUPT -> throw new ImageException(ImageException.Reason.CORRUPT, "broken");
                case BUG -> throw new IllegalStateException("a bug");
                case OVERFLOW -> throw new StackOverflowError("too deep");
                case DEVICE_LOST -> throw new ModelException("the device is lost");
                case CLASS_LOST -> throw new NoClassDefFoundError("gone");
            }
            return CropGeometry.whole(Preprocessing.IMAGENET);
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }
}
