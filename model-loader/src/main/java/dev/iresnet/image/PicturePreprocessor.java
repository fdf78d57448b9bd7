package dev.iresnet.image;

import dev.iresnet.image.ImageException.Reason;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the crops that the reference preprocessing makes with Pillow: the picture is decoded, whole
 * unless {@link JpegDecoding#SCALED} is asked for, then resized with the rule's filter in 8 bits a
 * channel. EXIF orientation is ignored and alpha is dropped, as the reference does.
 *
 * <p>Thread-safe. Each thread that crops keeps some scratch memory (4 bytes a value of the crop,
 * and one row of the widest picture that it has seen); the pixels of a decoded picture live in
 * native memory until its crop is made.
 */
public final class PicturePreprocessor implements Preprocessor {
    private final Preprocessing rule;
    private final DecodeLimits limits;
    private final JpegDecoding decoding;
    private final TensorFlowDecoder decoder;
    private final ThreadLocal<Scratch> scratch;

    /** One that decodes {@link JpegDecoding#EXACT}ly. */
    public PicturePreprocessor(Preprocessing rule, DecodeLimits limits) {
        this(rule, limits, JpegDecoding.EXACT);
    }

    /** Holds native memory until {@link #close}. */
    public PicturePreprocessor(Preprocessing rule, DecodeLimits limits, JpegDecoding decoding) {
        this.rule = rule;
        this.limits = limits;
        this.decoding = decoding;
        this.decoder = new TensorFlowDecoder(TensorFlowProcess.config());
        this.scratch = ThreadLocal.withInitial(() -> new Scratch(rule));
    }

    @Override
    public CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException {
        return crop(image, crop, work -> {});
    }

    @Override
    public CropGeometry crop(EncodedImage image, ByteBuffer crop, LongConsumer work)
            throws ImageException {
        if (crop.remaining() != rule.cropBytes()) {
            throw new IllegalArgumentException(
                    "a crop takes %d bytes, the buffer has %d"
                            .formatted(rule.cropBytes(), crop.remaining()));
        }
        try (Raster picture = open(image, work)) {
            return scratch.get().resample(picture, crop);
        }
    }

    /**
     * Decodes as {@link #crop} does and drops the pixels, to measure decoding alone.
     *
     * @return pixels, 1 or more
     * @throws ImageException if the picture cannot be used
     */
    public long decode(EncodedImage image) throws ImageException {
        try (Raster picture = open(image, work -> {})) {
            return (long) picture.width() * picture.height();
        }
    }

    /**
     * How the crop of a picture lies in it, by its header alone.
     *
     * @param image JPEG or PNG
     * @throws ImageException if the picture cannot be used
     */
    public CropGeometry geometry(EncodedImage image) throws ImageException {
        Reduction size =
                image.encoding() == Encoding.PNG
                        ? PngHeader.size(image.bytes(), limits)
                        : JpegHeader.check(image.bytes(), limits).whole();
        return CropPlan.of(rule, size).geometry();
    }

    @Override
    public long mostWork() {
        return limits.maxWork();
    }

    private Raster open(EncodedImage image, LongConsumer work) throws ImageException {
        ByteBuffer bytes = image.bytes();
        if (!bytes.hasRemaining()) {
            throw new ImageException(Reason.EMPTY, image.encoding() + " of no bytes");
        }
        limits.checkBytes(image.encoding(), bytes.remaining());
        if (image.encoding().isRaw()) {
            RawRaster raster = RawRaster.of(image, limits);
            work.accept(raster.work());
            return raster;
        }
        if (image.encoding() == Encoding.PNG) {
            work.accept(PngHeader.work(bytes, limits));
            return decoder.decodePng(ByteBuffer.wrap(PngHeader.essential(bytes, limits)));
        }
        JpegHeader.Checked checked = JpegHeader.check(bytes, limits);
        work.accept(checked.work());
        Reduction reduction = reduction(checked.whole());
        return checked.cmyk()
                ? new CmykJpeg(checked.bytes()).decode(decoder, reduction)
                : decoder.decodeJpeg(checked.bytes(), reduction);
    }

    private Reduction reduction(Reduction whole) {
        return switch (decoding) {
            case EXACT -> whole;
            case SCALED -> Reduction.most(rule, whole.width(), whole.height());
        };
    }

    @Override
    public void close() {
        decoder.close();
    }

    /** What a thread keeps from one picture to the next. */
    private static final class Scratch {
        private final Preprocessing rule;
        private final Resampler resampler;
        // A camera's pictures are all of one size.
        private @Nullable CropPlan plan;

        Scratch(Preprocessing rule) {
            this.rule = rule;
            this.resampler = new Resampler(rule);
        }

        CropGeometry resample(Raster picture, ByteBuffer crop) {
            Reduction source = picture.reduction();
            if (plan == null || !plan.source().equals(source)) {
                plan = CropPlan.of(rule, source);
            }
            resampler.resample(picture, plan, crop);
            return plan.geometry();
        }
    }
}
