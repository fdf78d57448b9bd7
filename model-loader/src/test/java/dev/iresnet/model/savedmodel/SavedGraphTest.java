package dev.iresnet.model.savedmodel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.Checksums;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

class SavedGraphTest {
    @TempDir private static Path exported;

    private static Path sound = Path.of("");

    @TempDir Path folder;

    /** Once: it takes longer than all that is done to the copies. */
    @BeforeAll
    static void export() {
        sound = TestModels.export(exported).path();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReadFile",
                "WriteFile",
                "MatchingFiles",
                "PyFunc",
                "PyFuncStateless",
                "EagerPyFunc",
                "SaveV2",
                "RestoreV2",
                "MergeV2Checkpoints",
                "TextLineDataset",
                "InitializeTableFromTextFileV2",
                "WholeFileReaderV2",
                "CreateSummaryFileWriter",
                "ImmutableConst",
                "PrintV2",
                "DebugIdentity",
                "RpcCall",
                "FileSystemSetConfiguration",
                "RecordInput",
                "Skipgram",
                "FixedUnigramCandidateSampler",
                "DumpTensor",
                "CalibrationStatisticsSaver",
                "DistributedSave",
                "DTensorRestoreV2",
                "CollectiveReduceV3",
                "XlaHostCompute",
                "XlaCustomCallV2",
                "_XlaSendFromHost",
                "ConfigureDistributedTPU",
                "MlirPassthroughOp",
                "Abort",
                "DecodeProtoV2",
                "XlaLaunch",
                "LookupTableImportV2",
                "QueueDequeueV2",
                "NoSuchOperation",
            })
    void refusesOperationsThatReachOutside(String operation) throws IOException {
        rewrite(graph -> graph.getGraphDefBuilder().addNode(node("intruder", operation)));

        assertRefused("is refused", operation + " (intruder)");
    }

    @Test
    void looksIntoFunctions() throws IOException {
        FunctionDef.Builder function = FunctionDef.newBuilder();
        function.getSignatureBuilder().setName("helper");
        function.addNodeDef(node("intruder", "WriteFile"));
        rewrite(graph -> graph.getGraphDefBuilder().getLibraryBuilder().addFunction(function));

        assertRefused("WriteFile (intruder of helper)");
    }

    @Test
    void looksIntoFunctionsThatAttributesName() throws IOException {
        FunctionDef.Builder reading = FunctionDef.newBuilder();
        reading.getSignatureBuilder().setName("reading");
        reading.addNodeDef(node("intruder", "ReadFile"));
        FunctionDef.Builder between = FunctionDef.newBuilder();
        between.getSignatureBuilder().setName("between");
        between.addNodeDef(calling("branch", "If", "reading"));
        rewrite(
                graph -> {
                    graph.getGraphDefBuilder().addNode(calling("caller", "While", "between"));
                    graph.getGraphDefBuilder()
                            .getLibraryBuilder()
                            .addFunction(reading)
                            .addFunction(between);
                });

        assertRefused("ReadFile (intruder of reading) is not among the operations");
    }

    @Test
    void refusesAttributesThatNameNoFunctionOfTheGraph() throws IOException {
        rewrite(
                graph ->
                        graph.getGraphDefBuilder()
                                .addNode(calling("caller", "PartitionedCall", "ReadFile")));

        assertRefused("ReadFile (caller) is named as a function, which the graph lacks");
    }

    @Test
    void refusesWhatJaxCompiledAndSaysHowToExport() throws IOException {
        rewrite(graph -> graph.getGraphDefBuilder().addNode(node("body", "XlaCallModule")));

        assertRefused("XlaCallModule (body) holds code that JAX compiled", "KERAS_BACKEND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RandomUniform",
                "RandomStandardNormal",
                "StatelessRandomUniformV2",
                "Multinomial",
                "RngReadAndSkip"
            })
    void refusesWhatIsRandomBetweenInputAndOutput(String operation) throws IOException {
        rewrite(graph -> putBetween(graph, operation));

        assertRefused(operation + " (intruder) is random and lies between input and output");
    }

    @Test
    void refusesWhatChangesVariablesBetweenInputAndOutput() throws IOException {
        rewrite(graph -> putBetween(graph, "AssignAddVariableOp"));

        assertRefused("AssignAddVariableOp (intruder) stands between input and output");
    }

    @Test
    void leavesRandomInitialisersAlone() throws IOException {
        rewrite(
                graph ->
                        graph.getGraphDefBuilder()
                                .addNode(node("initial", "RandomUniform"))
                                .addNode(node("step", "ResourceApplyAdam")));

        assertThatCode(() -> SavedGraph.read(folder.resolve("1"))).doesNotThrowAnyException();
    }

    /** Behind the network's sum, as a control input. */
    private static void putBetween(MetaGraphDef.Builder graph, String operation) {
        GraphDef.Builder nodes = graph.getGraphDefBuilder().addNode(node("intruder", operation));
        nodes.getNodeBuilderList().stream()
                .filter(node -> node.getName().equals("logits"))
                .forEach(node -> node.addInput("^intruder"));
    }

    @Test
    void namesTheSignaturesThatAreThere() throws IOException {
        rewrite(graph -> graph.removeSignatureDef("serving_default"));

        assertRefused("has no signature serving_default; it has [normalized]");
    }

    @Test
    void namesTheOutputThatIsMissing() throws IOException {
        rewrite(
                graph ->
                        graph.putSignatureDef(
                                "serving_default",
                                graph.getSignatureDefOrThrow("serving_default").toBuilder()
                                        .removeOutputs("probabilities")
                                        .build()));

        assertRefused("must have probabilities of type DT_FLOAT; it has [logits]");
    }

    @Test
    void refusesAGraphWithAHole() throws IOException {
        rewrite(
                graph ->
                        graph.getGraphDefBuilder()
                                .removeNode(graph.getGraphDef().getNodeCount() / 2));

        assertThatThrownBy(() -> ModelLoader.load(folder.resolve("1"), new LoadOptions(1)).close())
                .isInstanceOf(ModelException.class);
    }

    @Test
    void refusesBytesThatAreNoSavedModel() throws IOException {
        Files.write(copy().resolve("saved_model.pb"), new byte[] {10, 127, 1});

        assertRefused("is not a SavedModel");
    }

    private void rewrite(Consumer<MetaGraphDef.Builder> change) throws IOException {
        Path version = copy();
        Path file = version.resolve("saved_model.pb");
        SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
        change.accept(model.getMetaGraphsBuilder(0));
        Files.write(file, model.build().toByteArray());
        Checksums.write(version);
    }

    private Path copy() throws IOException {
        Path version = folder.resolve(sound.getFileName());
        try (Stream<Path> files = Files.walk(sound)) {
            for (Path file : files.toList()) {
                Files.copy(file, version.resolve(sound.relativize(file)));
            }
        }
        return version;
    }

    private void assertRefused(String... reasons) {
        assertThatThrownBy(() -> SavedGraph.read(folder.resolve("1")))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(reasons);
    }

    private static NodeDef calling(String name, String operation, String function) {
        return node(name, operation).toBuilder()
                .putAttr(
                        "f",
                        AttrValue.newBuilder()
                                .setFunc(NameAttrList.newBuilder().setName(function))
                                .build())
                .build();
    }

    private static NodeDef node(String name, String operation) {
        return NodeDef.newBuilder().setName(name).setOp(operation).build();
    }
}
