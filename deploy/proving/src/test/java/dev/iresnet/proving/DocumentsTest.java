package dev.iresnet.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every link between the documents of this repository leads to a file that is there, and to one of
 * its headings. Links to other hosts are not followed.
 */
class DocumentsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(prose(document));
            while (link.find()) {
                links++;
                if (!leads(document, link.group(1))) {
                    broken.add(ROOT.relativize(document) + " -> " + link.group(1));
                }
            }
        }
        assertThat(links).isGreaterThan(50);
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path document, String target) throws IOException {
        if (ELSEWHERE.matcher(target).matches()) {
            return true;
        }
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path place = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return place.startsWith(ROOT)
                && Files.exists(place)
                && (hash < 0 || anchors(place).contains(target.substring(hash + 1)));
    }

    /** As GitHub makes them of headings; the second of the same name gets "-1". */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : prose(document).split("\n", -1)) {
            if (line.matches("#{1,6} .*")) {
                String heading = line.replaceFirst("#+ ", "").replaceAll("\\]\\([^)]*\\)", "");
                String anchor =
                        heading.toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                                .replace(' ', '-');
                for (int again = 1; !anchors.add(anchor); again++) {
                    anchor = anchor.replaceFirst("-\\d+$", "") + "-" + again;
                }
            }
        }
        return anchors;
    }

    /** Without what stands between fences or backticks. */
    private static String prose(Path document) throws IOException {
        return Files.readString(document)
                .replaceAll("(?ms)^ *```.*?^ *```$", "")
                .replaceAll("`[^`\n]*`\\]", "]");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?target/.*"))
                    .toList();
        }
    }
}
