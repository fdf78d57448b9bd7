package dev.iresnet.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.RawRecord;
import dev.iresnet.schemas.avro.ImageEncoding;
import java.util.List;
import java.util.SplittableRandom;

/** A mutated record for each number, the same for the same seed: a bad one can be had again. */
final class MutatedRecords {
    /** Its records are meant to be events. */
    static final String EVENTS = "events";

    /** Its records are meant to be plain pictures. */
    static final String PICTURES = "pictures";

    private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
    private static final List<ImageEncoding> ENCODINGS = List.of(ImageEncoding.values());
    private static final long TIMESTAMP = 1_750_000_000_000L;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final long seed;

    MutatedRecords(long seed) {
        this.seed = seed;
    }

    record Mutated(Mutation mutation, RawRecord record) {}

    /** The record whose offset is {@code number}. */
    Mutated at(int number) {
        SplittableRandom random = new SplittableRandom(seed + number * GOLDEN_RATIO);
        Mutation mutation = Picture.one(MUTATIONS, random);
        boolean bare = random.nextInt(4) == 0;
        byte[] value = bare ? bare(mutation, random) : event(mutation, random);
        RawRecord record =
                new RawRecord(
                        bare ? PICTURES : EVENTS,
                        0,
                        number,
                        mutation == Mutation.FIELDS ? random.nextLong() : TIMESTAMP,
                        key(mutation, random),
                        value,
                        List.of());
        return new Mutated(mutation, record);
    }

    private static byte[] event(Mutation mutation, SplittableRandom random) {
        return switch (mutation) {
            case NONE -> Events.with(Picture.any(random));
            case RECORD_BITS -> Spoil.bitsFlipped(Events.with(Picture.any(random)), random);
            case RECORD_CUT -> Spoil.cut(Events.with(Picture.any(random)), random);
            case RECORD_SPLICED ->
                    Spoil.spliced(
                            Events.with(Picture.any(random)),
                            Events.with(Picture.any(random)),
                            random);
            case EVENT_HEAD -> Events.withSpoiltHead(Picture.any(random), random);
            case LENGTH_LIE -> Events.withLengthLie(Picture.any(random), random);
            case FIELDS -> Events.withOddFields(Picture.any(random), random);
            case FORMAT_MIX -> mixed(random);
            case PICTURE_BYTES, JPEG_REPACKED, PNG_REPACKED, RAW_SIZES ->
                    Events.with(picture(mutation, random));
        };
    }

    private static byte[] bare(Mutation mutation, SplittableRandom random) {
        return switch (mutation) {
            case NONE, EVENT_HEAD, LENGTH_LIE, FIELDS -> Picture.file(random).bytes();
            case RECORD_BITS -> Spoil.bitsFlipped(Picture.file(random).bytes(), random);
            case RECORD_CUT -> Spoil.cut(Picture.file(random).bytes(), random);
            case RECORD_SPLICED ->
                    Spoil.spliced(
                            Picture.file(random).bytes(), Picture.file(random).bytes(), random);
            case FORMAT_MIX -> mixed(random);
            case PICTURE_BYTES, JPEG_REPACKED, PNG_REPACKED, RAW_SIZES ->
                    picture(mutation, random).bytes();
        };
    }

    private static Picture picture(Mutation mutation, SplittableRandom random) {
        Picture picture =
                switch (mutation) {
                    case JPEG_REPACKED -> Picture.jpeg(random);
                    case PNG_REPACKED -> Picture.png(random);
                    case RAW_SIZES -> Picture.raw(random);
                    default -> Picture.any(random);
                };
        return switch (mutation) {
            case JPEG_REPACKED ->
                    picture.withBytes(JpegFile.parse(picture.bytes()).mutated(random));
            case PNG_REPACKED -> picture.withBytes(PngFile.parse(picture.bytes()).mutated(random));
            case RAW_SIZES -> sized(picture, random);
            default -> picture.withBytes(Spoil.anyhow(picture.bytes(), random));
        };
    }

    /** Half of them turned on their side, which no length can give away. */
    private static Picture sized(Picture raw, SplittableRandom random) {
        return random.nextBoolean()
                ? raw.withSides(raw.height(), raw.width())
                : raw.withSides(Sizes.lie(raw.width(), random), Sizes.lie(raw.height(), random));
    }

    private static byte[] mixed(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> Picture.file(random).bytes();
            case 1 -> Events.json();
            case 2 -> Events.result();
            case 3 -> Events.with(Picture.jpeg(random).withBytes(Events.with(Picture.any(random))));
            case 4 -> Events.with(Picture.file(random).withBytes(Events.json()));
            case 5 -> new byte[random.nextInt(64)];
            default -> Events.with(Picture.any(random).as(Picture.one(ENCODINGS, random)));
        };
    }

    private static byte[] key(Mutation mutation, SplittableRandom random) {
        if (mutation == Mutation.FIELDS && random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(8)];
            random.nextBytes(noise);
            return noise;
        }
        return ("camera-" + random.nextInt(8)).getBytes(UTF_8);
    }
}
