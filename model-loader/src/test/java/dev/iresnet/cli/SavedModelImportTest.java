package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/** What {@code import} makes of SavedModels that others wrote, and what it refuses. */
class SavedModelImportTest {
    static final Path FOLDER = Path.of("src/test/resources/savedmodels");

    static final String ANY_SCALE = "--input-range=0..1";
    private static final String LOGITS = "--output-kind=logits";

    @TempDir private Path directory;

    @Test
    void copiesTheSavedModelAndWritesTheRestBesideIt() throws IOException {
        importing("keras-bytes");
        importing("keras-bytes");

        Path second = directory.resolve("keras-bytes/2");
        for (String file : List.of("saved_model.pb", "variables/variables.index")) {
            assertThat(second.resolve(file))
                    .hasSameBinaryContentAs(FOLDER.resolve("keras-bytes").resolve(file));
        }
        try (Stream<Path> files = Files.walk(second).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> second.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "saved_model.pb",
                            "variables/variables.index",
                            "variables/variables.data-00000-of-00001",
                            "assets.extra/model.json",
                            "assets.extra/SHA256SUMS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0..1, 0, 1",
        "-1..1, 0.5, 0.5",
        "0..255, 0, 0.003921569",
        "normalized, 0.485, 0.229"
    })
    void turnsTheRangeIntoMeanAndStd(String range, float mean, float std) throws IOException {
        importing("keras-float", "--input-range", range);

        Preprocessing rule = opened("keras-float").card().preprocessing();
        assertThat(rule.mean().get(0)).isEqualTo(mean);
        assertThat(rule.std().get(0)).isEqualTo(std);
        assertThat(rule.width()).isEqualTo(8);
    }

    @Test
    void knowsWhatKerasNetworksOfCaffesKindExpect() throws IOException {
        assertRefused(
                "keras-float",
                "are for --input-range normalized",
                "--preprocessing=keras-caffe",
                "--input-range=0..1");
        importing("keras-float", "--preprocessing=keras-caffe");

        Preprocessing rule = opened("keras-float").card().preprocessing();
        assertThat(rule.channelOrder()).isEqualTo(Preprocessing.ChannelOrder.BGR);
        assertThat(rule.mean()).containsExactly(123.68f / 255, 116.779f / 255, 103.939f / 255);
        assertThat(rule.std()).containsExactly(1 / 255f, 1 / 255f, 1 / 255f);
        assertRefused(
                "keras-bytes",
                "takes uint8, the pixels as they are",
                "--preprocessing=keras-caffe");
    }

    @Test
    void takesTheUsersWordForTheOutput() throws IOException {
        importing("keras-float", "--input-range=0..1", "--output-kind=logits");

        assertThat(signature("keras-float").output().kind()).isEqualTo(ServedSignature.Kind.LOGITS);
    }

    @ParameterizedTest
    @CsvSource({
        "reads-file, ReadFile (ReadFile of",
        "calls-python, EagerPyFunc (EagerPyFunc of",
        "names-file, DecodeProtoV2 (DecodeProtoV2 of"
    })
    void refusesWhatReachesOutside(String name, String reason) {
        assertRefused(name, name + " is refused: " + reason);
        assertRefused(name, "could reach files, code or other machines");
    }

    @Test
    void refusesRandomAnswersAndSaysHowToExport() {
        assertRefused("augments", "is refused: RandomUniform (", "--signature=serving_default");
        assertRefused("augments", "Export a model without augmentation and dropout");
    }

    @Test
    void servesASignatureBesideOneThatIsRandom() {
        assertThat(run("augments", "--signature=plain", ANY_SCALE, LOGITS).err()).isEmpty();
    }

    @Test
    void triesWhatItImports() throws IOException {
        Path hollow = directory.resolve("hollow");
        SavedModel.Builder model =
                SavedModel.parseFrom(Files.readAllBytes(FOLDER.resolve("augments/saved_model.pb")))
                        .toBuilder();
        // The mean over an axis that pictures do not have: only a run shows it.
        model.getMetaGraphsBuilder(0)
                .getGraphDefBuilder()
                .getLibraryBuilder()
                .getFunctionBuilderList()
                .forEach(function -> function.getNodeDefBuilderList().forEach(this::spoil));
        copyVariables("augments", hollow);
        Files.write(hollow.resolve("saved_model.pb"), model.build().toByteArray());

        CommandRun run =
                CommandRun.of(
                        "import",
                        hollow,
                        "--output",
                        directory.resolve("models/hollow"),
                        "--signature=plain",
                        ANY_SCALE,
                        LOGITS);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err())
                .contains(
                        "hollow is refused: it was tried on black pictures and noise of 8 x 8 and failed");
        assertThat(directory.resolve("models/hollow")).doesNotExist();
    }

    @Test
    void asksWhatAFloatInputExpects() {
        assertRefused("keras-float", "say by --input-range what it expects for pixels 0..255");
    }

    @Test
    void refusesARangeWherePixelsAreTakenAsTheyAre() {
        assertRefused("keras-bytes", "takes uint8, the pixels as they are", "--input-range=0..1");
        assertRefused("keras-bytes", "takes uint8, the pixels as they are", "--mean=0,0,0");
    }

    @Test
    void asksForTheSignatureWhereThereAreSeveral() {
        assertRefused("module", "has signatures [classify, features]: say which by --signature");
        assertRefused(
                "module",
                "has no signature serve; it has [classify, features]",
                "--signature=serve");
        assertRefused("module", "the output must be scores [N,classes]", "--signature=features");
    }

    @Test
    void refusesASizeThatTheNetworkDoesNotTake() {
        assertRefused(
                "keras-bytes",
                "its input is 8 high and 8 wide, pictures are cropped to 32 x 32",
                "--input-size=32");
    }

    @Test
    void refusesADirectoryThatHoldsNoSavedModel() throws IOException {
        CommandRun run =
                CommandRun.of("import", directory, "--output", directory.resolve("models/x"));

        assertThat(run.err()).contains("is a directory without saved_model.pb");
        assertThat(run.exitCode()).isNotZero();
    }

    @Test
    void refusesOptionsOfTheOtherKind() {
        assertRefused(
                "keras-bytes",
                "--relu, --network, --entry and --expect are for checkpoints",
                "--relu=paper");
        CommandRun run =
                CommandRun.of("import", "x.pth", "--output", directory, "--signature=serve");
        assertThat(run.err()).contains("--first-class are for SavedModels");
    }

    private static void copyVariables(String name, Path to) throws IOException {
        Files.createDirectories(to.resolve("variables"));
        for (String part : List.of("variables.index", "variables.data-00000-of-00001")) {
            Files.copy(
                    FOLDER.resolve(name).resolve("variables").resolve(part),
                    to.resolve("variables").resolve(part));
        }
    }

    private void spoil(NodeDef.Builder node) {
        if (node.getOp().equals("Const") && node.getName().contains("reduction_indices")) {
            TensorProto.Builder axes =
                    node.getAttrOrThrow("value").getTensor().toBuilder()
                            .clearIntVal()
                            .setTensorContent(
                                    ByteString.copyFrom(new byte[] {9, 0, 0, 0, 9, 0, 0, 0}));
            node.putAttr("value", AttrValue.newBuilder().setTensor(axes).build());
        }
    }

    private void importing(String name, String... options) {
        CommandRun run = run(name, options);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private CommandRun run(String name, String... options) {
        return run(directory, name, options);
    }

    static CommandRun run(Path directory, String name, String... options) {
        Stream<Object> all =
                Stream.concat(
                        Stream.of(
                                "import",
                                FOLDER.resolve(name),
                                "--output",
                                directory.resolve(name)),
                        Stream.of(options));
        return CommandRun.of(all.toArray());
    }

    private void assertRefused(String name, String reason, String... options) {
        CommandRun run = run(name, options);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains(reason);
        assertThat(directory.resolve(name)).doesNotExist();
    }

    private ModelDirectory opened(String name) {
        return ModelDirectory.open(directory.resolve(name));
    }

    private ServedSignature signature(String name) {
        return opened(name).card().signature().orElseThrow();
    }
}
