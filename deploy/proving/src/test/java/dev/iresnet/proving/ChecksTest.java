package dev.iresnet.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What this machine has the tools for. A check whose tool is missing is skipped, with the tool's
 * name as the reason; {@code deploy/proving/bin/everything} lists them all.
 */
class ChecksTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void scriptsAreCleanUnderShellcheck() throws Exception {
        requireTool("shellcheck", "--version");
        List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
        for (Path script : scripts()) {
            command.add(script.toString());
        }
        assertThat(command).hasSizeGreaterThan(10);
        pass(command);
    }

    @Test
    void imagesAreCleanUnderHadolint() throws Exception {
        requireTool("hadolint", "--version");
        pass(List.of("hadolint", ROOT + "/deploy/docker/Dockerfile"));
    }

    @Test
    void everyOverlayCanBeRendered() throws Exception {
        requireTool("kubectl", "version", "--client");
        try (Stream<Path> overlays = Files.list(ROOT.resolve("deploy/kubernetes/overlays"))) {
            for (Path overlay : overlays.toList()) {
                pass(List.of("kubectl", "kustomize", overlay.toString()));
            }
        }
    }

    @Test
    void alertRulesPassTheirTests() throws Exception {
        requireTool("promtool", "--version");
        requireTool("python3", "-c", "import yaml");
        pass(List.of("python3", ROOT + "/deploy/monitoring/check"));
    }

    @Test
    void manifestsKeepToTheSchemas() throws Exception {
        String schemas = System.getenv("IRESNET_SCHEMAS");
        assumeThat(schemas)
                .as("IRESNET_SCHEMAS, the directory of deploy/kubernetes/schemas.yaml's files")
                .isNotNull();
        requireTool("kubectl", "version", "--client");
        requireTool("python3", "-c", "import yaml, jsonschema, kubernetes_validate");
        pass(List.of("python3", ROOT + "/deploy/kubernetes/check", "--schemas", schemas));
    }

    private static void requireTool(String... command) {
        assumeThat(answers(command)).as("this machine has no " + command[0]).isTrue();
    }

    private static boolean answers(String... command) {
        try {
            return run(List.of(command)).status == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static void pass(List<String> command) throws Exception {
        Outcome outcome = run(command);
        assertThat(outcome.status).as("%s%n%s", command, outcome.said).isZero();
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said);
    }

    private static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = ROOT.relativize(file).toString();
                if (!name.matches("(.*/)?(target|\\.git)/.*")
                        && Files.size(file) < 100_000
                        && startsLikeAScript(file)) {
                    scripts.add(file);
                }
            }
        }
        return scripts;
    }

    private static boolean startsLikeAScript(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String start = new String(content, 0, Math.min(content.length, 40), StandardCharsets.UTF_8);
        return start.startsWith("#!/usr/bin/env bash");
    }

    private record Outcome(int status, String said) {}
}
