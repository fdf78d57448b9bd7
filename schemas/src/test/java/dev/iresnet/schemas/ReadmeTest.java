package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's programs; {@code bin/check-readme} runs them. */
class ReadmeTest {
    private static final Pattern PROGRAM =
            Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);

    @TempDir private Path directory;

    @Test
    void hasAProducerAndAConsumerInEachLanguage() throws IOException {
        assertThat(programs().keySet())
                .containsExactly(
                        "SendPicture.java",
                        "ReadResults.java",
                        "send_picture.py",
                        "read_results.py");
    }

    @Test
    void itsJavaProgramsCompile() throws IOException {
        assertThat(complaints(javaFiles())).isEmpty();
    }

    @Test
    void aProgramThatDoesNotCompileIsFound() throws IOException {
        List<Path> files = javaFiles();
        Path broken = files.get(0);
        Files.writeString(broken, Files.readString(broken).replace("setCameraId", "setCamera"));

        assertThat(complaints(files)).contains("setCamera");
    }

    private List<Path> javaFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> program : programs().entrySet()) {
            if (program.getKey().endsWith(".java")) {
                Path file = directory.resolve(program.getKey());
                files.add(Files.writeString(file, program.getValue()));
            }
        }
        return files;
    }

    private String complaints(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of(
                        "-d",
                        directory.toString(),
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(
                            said,
                            manager,
                            null,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return said.toString();
    }

    private static Map<String, String> programs() throws IOException {
        Map<String, String> programs = new LinkedHashMap<>();
        Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        while (matcher.find()) {
            programs.put(matcher.group(1), matcher.group(2));
        }
        return programs;
    }
}
