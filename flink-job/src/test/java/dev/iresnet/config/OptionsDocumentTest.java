package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "options.md");
    private static final Path FRONT_PAGE = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- options: made from JobOptions -->\n";
    private static final String END = "<!-- end of options -->";
    private static final boolean WRITE = Boolean.getBoolean("iresnet.write-docs");
    private static final String HINT =
            "write it anew: mvn test -pl flink-job -am -Dtest=OptionsDocumentTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Diresnet.write-docs=true";

    @Test
    void theDocumentSaysWhatTheTableSays() throws IOException {
        if (WRITE) {
            Files.writeString(DOCUMENT, OptionsDocument.markdown());
        }
        assertThat(DOCUMENT).as(HINT).content().isEqualTo(OptionsDocument.markdown());
    }

    @Test
    void theFrontPageListsEveryOption() throws IOException {
        String page = Files.readString(FRONT_PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (WRITE) {
            page = page.substring(0, begin) + OptionsDocument.summary() + page.substring(end);
            Files.writeString(FRONT_PAGE, page);
            end = page.indexOf(END);
        }
        assertThat(page.substring(begin, end)).as(HINT).isEqualTo(OptionsDocument.summary());
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
        if (!option.initial().isEmpty()) {
            assertThat(option.parse(option.initial())).as(option.key()).isPresent();
        }
    }
}
