package dev.iresnet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SliceDecoderTest {

    @Property
    void readsWhatAvroWrites(
            @ForAll long number,
            @ForAll int small,
            @ForAll String text,
            @ForAll byte[] bytes,
            @ForAll double real,
            @ForAll float single,
            @ForAll boolean truth)
            throws IOException {
        String valid = new String(text.getBytes(UTF_8), UTF_8);
        SliceDecoder in =
                decoder(
                        out -> {
                            out.writeLong(number);
                            out.writeInt(small);
                            out.writeString(valid);
                            out.writeBytes(bytes);
                            out.writeDouble(real);
                            out.writeFloat(single);
                            out.writeBoolean(truth);
                            out.writeFixed(bytes);
                        });

        assertThat(in.readLong()).isEqualTo(number);
        assertThat(in.readInt()).isEqualTo(small);
        assertThat(in.readString()).isEqualTo(valid);
        assertThat(in.readBytes(null)).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(in.readDouble()).isEqualTo(real);
        assertThat(in.readFloat()).isEqualTo(single);
        assertThat(in.readBoolean()).isEqualTo(truth);
        byte[] fixed = new byte[bytes.length];
        in.readFixed(fixed, 0, fixed.length);
        assertThat(fixed).isEqualTo(bytes);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void readsOnlyItsPartOfTheArray() throws IOException {
        byte[] array = {9, 9, 4, 'a', 'b', 9};
        var in = new SliceDecoder(array, 2, 3);

        assertThat(in.readBytes(null)).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b'}));
        refuses(in::readBoolean, "boolean of 1 bytes, but only 0 are left");
    }

    @Test
    void refusesLengthsBeyondTheInput() throws IOException {
        refuses(decoder(out -> out.writeLong(2_000_000_000L))::readString, "only 0 are left");
        refuses(() -> decoder(out -> out.writeLong(Long.MAX_VALUE)).readBytes(null), "only 0");
        refuses(decoder(out -> out.writeLong(1L << 32))::skipBytes, "only 0 are left");
    }

    @Test
    void refusesNegativeLengths() throws IOException {
        refuses(decoder(out -> out.writeLong(-1))::readString, "negative length -1");
        refuses(decoder(out -> out.writeLong(Long.MIN_VALUE))::skipString, "negative length");
    }

    @Test
    void refusesMoreItemsThanBytes() throws IOException {
        refuses(decoder(out -> out.writeLong(1_000_000_000))::readMapStart, "1000000000 items");
        refuses(decoder(out -> out.writeLong(Long.MAX_VALUE))::readArrayStart, "items");
        refuses(
                decoder(
                                out -> {
                                    out.writeLong(Long.MIN_VALUE);
                                    out.writeLong(0);
                                })
                        ::readArrayStart,
                "items");
    }

    @Test
    void refusesManyBlocksThatTogetherClaimMoreItemsThanBytes() throws IOException {
        // Items of no bytes, a null say: each block costs one byte and claims forty items.
        SliceDecoder in =
                decoder(
                        out -> {
                            for (int block = 0; block < 50; block++) {
                                out.writeLong(40);
                            }
                        });

        assertThat(in.readArrayStart()).isEqualTo(40);
        refuses(in::arrayNext, "items");
    }

    @Test
    void readsBlocksThatTellTheirSize() throws IOException {
        SliceDecoder in =
                decoder(
                        out -> {
                            out.writeLong(-2);
                            out.writeLong(2);
                            out.writeInt(1);
                            out.writeInt(2);
                            out.writeLong(0);
                        });

        assertThat(in.readArrayStart()).isEqualTo(2);
        assertThat(in.readInt()).isEqualTo(1);
        assertThat(in.readInt()).isEqualTo(2);
        assertThat(in.arrayNext()).isZero();
    }

    @Test
    void skipsBlocksThatTellTheirSize() throws IOException {
        SliceDecoder in =
                decoder(
                        out -> {
                            out.writeLong(-2);
                            out.writeLong(2);
                            out.writeInt(1);
                            out.writeInt(2);
                            out.writeLong(0);
                            out.writeInt(7);
                        });

        assertThat(in.skipMap()).isZero();
        assertThat(in.readInt()).isEqualTo(7);
    }

    @Test
    void refusesBlockSizesThatLie() throws IOException {
        for (long size : new long[] {-1, 3, Long.MAX_VALUE}) {
            Writing block =
                    out -> {
                        out.writeLong(-1);
                        out.writeLong(size);
                        out.writeInt(1);
                    };
            refuses(decoder(block)::readMapStart, "block of " + size);
            refuses(decoder(block)::skipArray, "block");
        }
    }

    @Test
    void refusesNumbersThatDoNotEnd() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);

        refuses(new SliceDecoder(endless, 0, 20)::readLong, "more than 10 bytes");
        refuses(new SliceDecoder(endless, 0, 3)::readLong, "only 0 are left");
    }

    @Test
    void refusesIntsThatDoNotFit() throws IOException {
        refuses(decoder(out -> out.writeLong(1L << 31))::readInt, "int of value 2147483648");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] text = {2, (byte) 0xff};

        refuses(new SliceDecoder(text, 0, 2)::readString, "not UTF-8");
    }

    @Test
    void acceptsTheReplacementCharacterItself() throws IOException {
        assertThat(decoder(out -> out.writeString("a\uFFFDb")).readString()).isEqualTo("a\uFFFDb");
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    private static SliceDecoder decoder(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        writing.to(out);
        out.flush();
        return new SliceDecoder(bytes.toByteArray(), 0, bytes.size());
    }

    private static void refuses(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading).isInstanceOf(IOException.class).hasMessageContaining(why);
    }
}
