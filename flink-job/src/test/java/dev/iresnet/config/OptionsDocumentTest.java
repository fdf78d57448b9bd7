package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "options.md");

    @Test
    void theDocumentSaysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("iresnet.write-docs")) {
            Files.writeString(DOCUMENT, OptionsDocument.markdown());
        }
        assertThat(DOCUMENT)
                .as(
                        "write it anew: mvn test -pl flink-job -am -Dtest=OptionsDocumentTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Diresnet.write-docs=true")
                .content()
                .isEqualTo(OptionsDocument.markdown());
    }

    @Test
    void theHelpNamesEveryOption() {
        assertThat(JobOptions.ALL)
                .allSatisfy(
                        option ->
                                assertThat(OptionsDocument.help())
                                        .contains("--" + option.key() + "  ("));
    }

    @Test
    void everyDefaultIsAllowed() {
        assertThat(JobOptions.ALL).allSatisfy(OptionsDocumentTest::allowsItsDefault);
    }

    private static <T> void allowsItsDefault(Option<T> option) {
        if (option.option().hasDefaultValue()) {
            assertThat(option.test()).accepts(option.option().defaultValue());
        }
    }
}
