package dev.iresnet.model.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ServedSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** A Keras export with changes to its graph. Runs without native code. */
class SignatureSearchTest {
    private static final Path KERAS = Path.of("src/test/resources/savedmodels/keras-float");
    private static final String SERVING = "serving_default";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"Softmax, PROBABILITIES", "LogSoftmax, LOGITS", "BiasAdd, LOGITS"})
    void tellsTheKindByTheLastOperation(String operation, ServedSignature.Kind kind)
            throws IOException {
        endWith(operation);

        SignatureSearch.Found found = search();
        assertThat(found.signature().output().kind()).isEqualTo(kind);
        assertThat(found.operation()).contains(operation);
    }

    @Test
    void asksForTheKindWhereTheOperationDoesNotTell() throws IOException {
        endWith("Sigmoid");

        assertRefused("its output is made by Sigmoid: say by --output-kind");
        SignatureSearch.Found found = search(Optional.of(ServedSignature.Kind.PROBABILITIES));
        assertThat(found.signature().output().kind()).isEqualTo(ServedSignature.Kind.PROBABILITIES);
    }

    @Test
    void endsWhereFunctionsCallEachOtherInACircle() throws IOException {
        rewrite(
                graph -> {
                    for (FunctionDef.Builder function : functions(graph)) {
                        String name = function.getSignature().getName();
                        for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
                            if (node.getOp().equals("StatefulPartitionedCall")) {
                                node.putAttr(
                                        "f",
                                        node.getAttrOrThrow("f").toBuilder()
                                                .setFunc(
                                                        node
                                                                .getAttrOrThrow("f")
                                                                .getFunc()
                                                                .toBuilder()
                                                                .setName(name))
                                                .build());
                            }
                        }
                    }
                });

        assertRefused("made by an operation that was not found: say by --output-kind");
    }

    @Test
    void refusesSignaturesOfAnotherForm() throws IOException {
        input(tensor -> tensor.setDtype(DataType.DT_INT32));
        assertRefused("is DT_INT32; only uint8 and float32 pictures can be given");
        input(tensor -> tensor.getTensorShapeBuilder().getDimBuilder(3).setSize(1));
        assertRefused("the input must be pictures [N,H,W,3], channels last, it is [?, 8, 8, 1]");
        input(tensor -> tensor.getTensorShapeBuilder().setUnknownRank(true).clearDim());
        assertRefused("it is of any shape");
    }

    @Test
    void refusesASecondInput() throws IOException {
        rewrite(
                graph -> {
                    SignatureDef signature = graph.getSignatureDefOrThrow(SERVING);
                    TensorInfo input = signature.getInputsMap().values().iterator().next();
                    graph.putSignatureDef(
                            SERVING, signature.toBuilder().putInputs("mask", input).build());
                });

        assertRefused("signature serving_default must have one input, it has [keras_tensor, mask]");
    }

    @ParameterizedTest
    @CsvSource({"traced_restore, SaveV2", "traced_save, ReadFile", "signature_wrapper, RestoreV2"})
    void refusesInAFunctionWhatItsPartMayNotDo(String name, String operation) throws IOException {
        rewrite(
                graph -> {
                    for (FunctionDef.Builder function : functions(graph)) {
                        if (function.getSignature().getName().contains(name)) {
                            function.addNodeDefBuilder().setName("intruder").setOp(operation);
                        }
                    }
                });

        assertRefused("could reach files, code or other machines");
        assertRefused(operation + " (intruder of __inference_");
    }

    private void endWith(String operation) throws IOException {
        rewrite(
                graph -> {
                    for (FunctionDef.Builder function : functions(graph)) {
                        for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
                            if (node.getOp().equals("Softmax")) {
                                node.setOp(operation);
                            }
                        }
                    }
                });
    }

    private void input(Consumer<TensorInfo.Builder> change) throws IOException {
        rewrite(
                graph -> {
                    SignatureDef.Builder signature =
                            graph.getSignatureDefOrThrow(SERVING).toBuilder();
                    TensorInfo.Builder tensor =
                            signature.getInputsOrThrow("keras_tensor").toBuilder();
                    change.accept(tensor);
                    graph.putSignatureDef(
                            SERVING, signature.putInputs("keras_tensor", tensor.build()).build());
                });
    }

    private static Iterable<FunctionDef.Builder> functions(MetaGraphDef.Builder graph) {
        return graph.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList();
    }

    private void rewrite(Consumer<MetaGraphDef.Builder> change) throws IOException {
        SavedModel.Builder model =
                SavedModel.parseFrom(Files.readAllBytes(KERAS.resolve("saved_model.pb")))
                        .toBuilder();
        change.accept(model.getMetaGraphsBuilder(0));
        Files.write(folder.resolve("saved_model.pb"), model.build().toByteArray());
    }

    private SignatureSearch.Found search() {
        return search(Optional.empty());
    }

    private SignatureSearch.Found search(Optional<ServedSignature.Kind> kind) {
        return SignatureSearch.search(
                folder,
                new SignatureSearch.Known(
                        Optional.empty(), kind, Optional.empty(), OptionalInt.empty()));
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::search)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason);
    }
}
