package dev.iresnet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever is let through lies below the allowed directory for everybody who may read it after us:
 * Java's URI, Java's paths, Flink's paths, and who decodes percents once more than needed.
 */
final class ImageUriPropertyTest {
    private static final ImageUri ALLOWED = ImageUri.ofDirectory("s3://bucket/gate");
    private static final ImageUri LOCAL = ImageUri.ofDirectory("file:///mnt/gate");

    @Property(tries = 20_000)
    void nobodyReadsWhatIsLetThroughAsAnotherPlace(@ForAll("tricks") String text) {
        Optional<ImageUri> read = read(text);
        boolean let =
                read.isPresent() && (ALLOWED.contains(read.get()) || LOCAL.contains(read.get()));
        Statistics.label("fate")
                .collect(let ? "let through" : read.isPresent() ? "elsewhere" : "no URI")
                .coverage(all -> all.check("let through").percentage(share -> share > 3));
        if (!let) {
            return;
        }
        ImageUri uri = read.orElseThrow();
        String root = uri.scheme().equals("s3") ? "/gate/" : "/mnt/gate/";
        URI java = URI.create(uri.toString());
        assertThat(java.getScheme()).isEqualTo(uri.scheme());
        assertThat(java.getUserInfo()).isNull();
        assertThat(java.getRawAuthority()).isEqualTo(uri.scheme().equals("s3") ? "bucket" : null);
        assertThat(java.normalize().getPath()).startsWith(root).isEqualTo(uri.path());
        assertThat(java.getQuery()).isNull();
        assertThat(java.getFragment()).isNull();
        assertThat(Path.of(uri.path()).normalize().toString()).isEqualTo(uri.path());
        var flink = new org.apache.flink.core.fs.Path(java);
        assertThat(flink.getPath()).isEqualTo(uri.path());
        assertThat(new org.apache.flink.core.fs.Path(uri.toString()).toUri().getPath())
                .isEqualTo(uri.path());
        assertThat(URLDecoder.decode(uri.path().replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(uri.path());
    }

    @Property(tries = 5_000)
    void anyTextIsReadOrRefusedAndWhatIsReadIsReadTheSameAgain(@ForAll String text) {
        read(text).ifPresent(uri -> assertThat(ImageUri.ofPicture(uri.toString())).isEqualTo(uri));
        read("s3://bucket/gate/" + text)
                .ifPresent(uri -> assertThat(ImageUri.ofPicture(uri.toString())).isEqualTo(uri));
    }

    /** Pieces of which path tricks are made, in any order. */
    @Provide
    Arbitrary<String> tricks() {
        Arbitrary<String> begin =
                Arbitraries.of(
                        "s3://bucket/gate",
                        "s3://bucket/gate/",
                        "file:///mnt/gate/",
                        "file:/mnt/gate/",
                        "s3:/",
                        "s3:",
                        "S3://bucket/gate/",
                        "s3://evil@bucket/gate/",
                        "s3://bucket@evil/gate/",
                        "s3://bucket.evil/gate/",
                        "s3://bucket/",
                        "file://",
                        "");
        Arbitrary<String> piece =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                6,
                                Arbitraries.of("a", "b.jpg", "gate", "c-1", "x=1", "+", "~", "@")),
                        Tuple.of(4, Arbitraries.of("/", "/", "/x")),
                        Tuple.of(
                                2,
                                Arbitraries.of(
                                        "..", ".", "...", "//", "/../", "/./", "%2e", "%2f",
                                        "%252e", "%00", "\\", ":", ";", "?", "#", "*", "\n", " ",
                                        "\u2215", "\uff0e", "@evil", ":80")));
        return begin.flatMap(
                head ->
                        piece.list()
                                .ofMinSize(1)
                                .ofMaxSize(8)
                                .map(parts -> head + String.join("", parts)));
    }

    private static Optional<ImageUri> read(String text) {
        try {
            return Optional.of(ImageUri.ofPicture(text));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(is|has|names|ends) .*");
            return Optional.empty();
        }
    }
}
