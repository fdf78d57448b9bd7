package dev.iresnet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts name a picture, and which pictures are below a directory. */
final class ImageUriTest {

    @Test
    void readsWhatStoresCallTheirPictures() {
        assertThat(ImageUri.ofPicture("s3://bucket/gate/day=2026-01-01/10:00:00+01.jpg"))
                .isEqualTo(new ImageUri("s3", "bucket", "/gate/day=2026-01-01/10:00:00+01.jpg"));
        assertThat(ImageUri.ofPicture("hdfs://node:8020/a.jpg").authority()).isEqualTo("node:8020");
        assertThat(ImageUri.ofPicture("abfs://frames@account.dfs.core.windows.net/a").authority())
                .isEqualTo("frames@account.dfs.core.windows.net");
        assertThat(ImageUri.ofPicture("file:/mnt/a.jpg"))
                .isEqualTo(ImageUri.ofPicture("file:///mnt/a.jpg"))
                .hasToString("file:///mnt/a.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "a.jpg",
                "s3:bucket/a.jpg",
                "s3://bucket",
                "s3://bucket/",
                "s3://bucket/gate/",
                "S3://bucket/a.jpg",
                "s3://bucket/gate/../a.jpg",
                "s3://bucket/gate/./a.jpg",
                "s3://bucket/gate/..",
                "s3://bucket/..",
                "s3://bucket//a.jpg",
                "s3://bucket/gate//a.jpg",
                "s3://bucket/gate/%2e%2e/a.jpg",
                "s3://bucket/gate%2f..%2fa.jpg",
                "s3://bucket/gate/%252e%252e/a.jpg",
                "s3://bucket/gate/a.jpg?versionId=1",
                "s3://bucket/gate/a.jpg#x",
                "s3://bucket/gate/..\\a.jpg",
                "s3://bucket\\gate/a.jpg",
                "s3://bucket/gate/a b.jpg",
                "s3://bucket/gate/a\tb.jpg",
                "s3://bucket/gate/a.jpg\n",
                "s3://bucket/gate/\u0000.jpg",
                "s3://bucket/gate/\u2025/a.jpg",
                "s3://bucket/gate/\uff0e\uff0e/a.jpg",
                "file://host/mnt/a.jpg",
                "file://localhost/mnt/a.jpg",
                "file:////mnt/a.jpg",
                "file:mnt/a.jpg",
                "file:///C:\\mnt\\a.jpg"
            })
    void refusesWhatSomebodyCouldReadDifferently(String text) {
        assertThatThrownBy(() -> ImageUri.ofPicture(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsTooLongForAnyStore() {
        String text = "s3://b/" + "a/".repeat(508);
        assertThat(ImageUri.ofPicture(text + "a".repeat(1)).path()).hasSize(1018);
        assertThatThrownBy(() -> ImageUri.ofPicture(text + "a".repeat(2)))
                .hasMessage("has 1025 characters, more than 1024");
        ImageUri.ofPicture("file:///mnt/" + "a".repeat(255));
        assertThatThrownBy(() -> ImageUri.ofPicture("file:///mnt/" + "a".repeat(256)))
                .hasMessage("has a part of more than 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a,    s3://bucket/a/x.jpg,          true",
        "s3://bucket/a/,   s3://bucket/a/b/x.jpg,        true",
        "s3://bucket,      s3://bucket/x.jpg,            true",
        "s3://bucket/,     s3://bucket/a/x.jpg,          true",
        "file:///mnt/a,    file:/mnt/a/x.jpg,            true",
        "hdfs:///a,        hdfs:/a/x.jpg,                true",
        "s3://bucket/a,    s3://bucket/ab,               false",
        "s3://bucket/a,    s3://bucket/ab/x.jpg,         false",
        "s3://bucket/a,    s3://bucket/a,                false",
        "s3://bucket/a,    s3://bucket/A/x.jpg,          false",
        "s3://bucket/a,    s3a://bucket/a/x.jpg,         false",
        "s3://bucket/a,    s3://Bucket/a/x.jpg,          false",
        "s3://bucket,      s3://bucket.evil.com/x.jpg,   false",
        "s3://bucket,      s3://bucket:80/x.jpg,         false",
        "s3://bucket,      s3://user@bucket/x.jpg,       false",
        "s3://bucket,      s3://bucket@evil/x.jpg,       false",
        "s3://bucket,      s3://user:pass@bucket/x.jpg,  false",
        "s3://bucket/a,    s3://a/bucket/a/x.jpg,        false",
        "s3://bucket/a,    s3:/bucket/a/x.jpg,           false",
        "hdfs:///a,        hdfs://node/a/x.jpg,          false",
        "file:///mnt/a,    file:///mnt/x.jpg,            false",
    })
    void aDirectoryHasWhatIsBelowItAndNothingBesides(
            String directory, String picture, boolean inside) {
        assertThat(ImageUri.ofDirectory(directory).contains(ImageUri.ofPicture(picture)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3",
                "s3:",
                "s3://bucket/a/..",
                "s3://bucket/a%20b",
                "/mnt/frames",
                "file:///",
                "file:/",
                "S3://bucket",
                "s3://user:secret@bucket/a"
            })
    void refusesDirectoriesThatAreNoneOrTooMuch(String text) {
        assertThatThrownBy(() -> ImageUri.ofDirectory(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStarIsALetterNotAPattern() {
        assertThat(
                        ImageUri.ofDirectory("s3://bucket/*")
                                .contains(ImageUri.ofPicture("s3://bucket/a/b.jpg")))
                .isFalse();
    }
}
