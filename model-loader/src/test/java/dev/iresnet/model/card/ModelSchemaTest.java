package dev.iresnet.model.card;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the loader say the same of model.json. */
class ModelSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemas(Map.of("urn:dev.iresnet:model.json:1", schema(1))));
    private static final Schema SCHEMA = SCHEMAS.getSchema(schema(1));
    private static final Schema WITH_TASK = SCHEMAS.getSchema(schema(2));

    private static final Map<String, String> MISTAKES =
            Map.ofEntries(
                    entry("/schemaVersion", "2"),
                    entry("/schemaVersion/", "\"1\""),
                    entry("/schemaVersion//", "null"),
                    entry("/extra", "1"),
                    entry("/labels", "[]"),
                    entry("/labels/", "\"cat\""),
                    entry("/labels/0", "\" \""),
                    entry("/labels/0/", "7"),
                    entry("/preprocessing", "null"),
                    entry("/preprocessing/", "[]"),
                    entry("/preprocessing/extra", "true"),
                    entry("/preprocessing/width", "0"),
                    entry("/preprocessing/width/", "4097"),
                    entry("/preprocessing/width//", "16.5"),
                    entry("/preprocessing/height", "\"16\""),
                    entry("/preprocessing/height/", "-1"),
                    entry("/preprocessing/resize", "\"FILL\""),
                    entry("/preprocessing/resize/", "null"),
                    entry("/preprocessing/resizeTo", "0"),
                    entry("/preprocessing/resizeTo/", "null"),
                    entry("/preprocessing/resizeTo//", "5000"),
                    entry("/preprocessing/mean", "[0, 0]"),
                    entry("/preprocessing/mean/", "[0, 0, 0, 0]"),
                    entry("/preprocessing/mean/0", "\"0\""),
                    entry("/preprocessing/std", "0.5"),
                    entry("/preprocessing/std/1", "0"),
                    entry("/preprocessing/std/1/", "-0.5"),
                    entry("/preprocessing/interpolation", "\"NEAREST\""),
                    entry("/source", "{}"),
                    entry("/source/", "null"),
                    entry("/source/file", "\"\""),
                    entry("/source/sha256", "\"00\""),
                    entry("/source/url", "\"x\""),
                    entry("/network", "null"),
                    entry("/network/name", "\"\""),
                    entry("/network/extra", "1"),
                    entry("/network/reluForm", "\"authors\""),
                    entry("/network/classes", "0"),
                    entry("/network/classes/", "16777217"),
                    entry("/network/stem", "1"),
                    entry("/network/stem/form", "\"SQUARE\""),
                    entry("/network/stem/width", "0"),
                    entry("/network/stem/width/", "65537"),
                    entry("/network/stem/extra", "1"),
                    entry("/network/block/unit", "\"WIDE\""),
                    entry("/network/block/order", "1"),
                    entry("/network/block/shortcut", "\"NONE\""),
                    entry("/network/block/extra", "1"),
                    entry("/network/stages", "[]"),
                    entry("/network/stages/", "{}"),
                    entry("/network/stages/0", "3"),
                    entry("/network/stages/0/blocks", "1"),
                    entry("/network/stages/0/blocks/", "65537"),
                    entry("/network/stages/0/width", "0"),
                    entry("/network/stages/0/groups", "2"),
                    entry("/network/stages/0/outputs", "16"),
                    entry("/network/stages/0/extra", "2"));

    @TempDir private Path models;

    private static String schema(int version) {
        try (InputStream in =
                ModelSchemaTest.class.getResourceAsStream("model-" + version + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode sound() {
        return (ObjectNode) tree(ModelCardJson.write(card(Preprocessing.IMAGENET)));
    }

    private static ModelCard card(Preprocessing rule) {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.AUTHORS);
        return new ModelCard(
                card.labels(),
                rule,
                card.network(),
                Optional.of(new Provenance("a.pth", "0".repeat(64))));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelCard load(JsonNode card) {
        return ModelCardJson.read(card.toString().getBytes(StandardCharsets.UTF_8), "model.json");
    }

    /** Slashes at the end only keep apart several mistakes of one field. */
    private static JsonNode with(String pointer, JsonNode value) {
        ObjectNode card = sound();
        List<String> path = List.of(pointer.replaceAll("/+$", "").substring(1).split("/", -1));
        JsonNode parent = card;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = step.matches("\\d+") ? parent.path(Integer.parseInt(step)) : parent.path(step);
        }
        String last = path.get(path.size() - 1);
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(last), value);
        }
        return card;
    }

    static Stream<JsonNode> mistakes() {
        return MISTAKES.entrySet().stream().map(e -> with(e.getKey(), tree(e.getValue())));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void theLoaderRefusesWhatTheSchemaRefuses(JsonNode mistaken) {
        assertThat(SCHEMA.validate(mistaken)).isNotEmpty();
        assertThatThrownBy(() -> load(mistaken)).isInstanceOf(ModelException.class);
    }

    static Stream<String> required() {
        return Stream.of(
                "/schemaVersion",
                "/labels",
                "/preprocessing",
                "/preprocessing/width",
                "/preprocessing/height",
                "/preprocessing/resize",
                "/preprocessing/resizeTo",
                "/preprocessing/mean",
                "/preprocessing/std",
                "/source/file",
                "/source/sha256",
                "/network/name",
                "/network/reluForm",
                "/network/stem",
                "/network/block",
                "/network/stages",
                "/network/classes",
                "/network/stem/form",
                "/network/stem/width",
                "/network/block/unit",
                "/network/block/order",
                "/network/block/shortcut",
                "/network/stages/0/blocks",
                "/network/stages/0/width",
                "/network/stages/0/groups");
    }

    @ParameterizedTest
    @MethodSource("required")
    void bothWantAllThatIsRequired(String pointer) {
        ObjectNode card = sound();
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) card.at(pointer.substring(0, end))).remove(pointer.substring(end + 1));

        assertThat(SCHEMA.validate(card)).isNotEmpty();
        assertThatThrownBy(() -> load(card)).isInstanceOf(ModelException.class);
    }

    @Test
    void bothRefuseASizeThatAStretchedPictureHasNoUseFor() {
        JsonNode card = with("/preprocessing/resize", tree("\"STRETCH\""));

        assertThat(SCHEMA.validate(card)).isNotEmpty();
        assertThatThrownBy(() -> load(card)).hasMessageContaining("resizeTo is unknown");
    }

    @Test
    void bothTakeTheOptionalPartsOrTheirAbsence() {
        ObjectNode card = sound();
        assertThat(SCHEMA.validate(card)).isEmpty();
        assertThatCode(() -> load(card)).doesNotThrowAnyException();

        card.remove(List.of("network", "source"));
        assertThat(SCHEMA.validate(card)).isEmpty();
        assertThatCode(() -> load(card)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signature",
                "/signature/name",
                "/signature/extra",
                "/signature/input",
                "/signature/input/name",
                "/signature/input/type",
                "/signature/input/extra",
                "/signature/output/name",
                "/signature/output/kind"
            })
    void bothCheckTheSignatureOfAForeignModel(String pointer) {
        ObjectNode card = foreign();
        assertThat(SCHEMA.validate(card)).isEmpty();
        assertThat(load(card).signature()).isPresent();
        int end = pointer.lastIndexOf('/');

        ((ObjectNode) card.at(pointer.substring(0, end))).put(pointer.substring(end + 1), 1);

        assertThat(SCHEMA.validate(card)).isNotEmpty();
        assertThatThrownBy(() -> load(card)).isInstanceOf(ModelException.class);
    }

    @Test
    void bothRefuseANetworkWithASignatureOfForeignMake() {
        ObjectNode card = foreign();
        card.set("network", sound().get("network"));

        assertThat(SCHEMA.validate(card)).isNotEmpty();
        assertThatThrownBy(() -> load(card))
                .hasMessageContaining("either a network or a signature");
    }

    private static ObjectNode foreign() {
        ModelCard card =
                new ModelCard(
                        TestModels.card(TestModels.small(), ReluForm.AUTHORS).labels(),
                        Preprocessing.IMAGENET,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                new ServedSignature(
                                        "serve",
                                        new ServedSignature.Input(
                                                "x", ServedSignature.Type.FLOAT32),
                                        new ServedSignature.Output(
                                                "y", ServedSignature.Kind.LOGITS))));
        return (ObjectNode) tree(ModelCardJson.write(card));
    }

    @Test
    void bothWantATaskFromVersionTwoOn() {
        ModelCard classifier = card(Preprocessing.IMAGENET);
        for (Task task : List.of(Task.DETECTION, Task.VIDEO_CLASSIFICATION)) {
            ModelCard card =
                    new ModelCard(
                            task,
                            classifier.labels(),
                            classifier.preprocessing(),
                            classifier.network(),
                            classifier.source(),
                            Optional.empty());
            ObjectNode json = (ObjectNode) tree(ModelCardJson.write(card));
            assertThat(WITH_TASK.validate(json)).isEmpty();
            assertThat(SCHEMA.validate(json)).isNotEmpty();
            assertThat(load(json)).isEqualTo(card);
            for (String mistaken : List.of("\"CLASSIFICATION\"", "\"detection\"", "null", "7")) {
                json.set("task", tree(mistaken));
                assertThat(WITH_TASK.validate(json)).isNotEmpty();
                assertThatThrownBy(() -> load(json)).isInstanceOf(ModelException.class);
            }
            json.put("task", task.name()).putArray("labels");
            assertThat(WITH_TASK.validate(json)).isNotEmpty();
            json.remove("task");
            assertThat(WITH_TASK.validate(json)).isNotEmpty();
        }
        assertThat(WITH_TASK.validate(sound())).isNotEmpty();
    }

    @Test
    void everyNetworkOfThePaperSatisfiesIt() {
        List<Architecture> networks = new ArrayList<>(Networks.imageNet());
        networks.add(Networks.named("resnext50_32x4d"));
        networks.add(Networks.named("wide_resnet101_2"));
        for (Architecture network : networks) {
            for (ReluForm form : ReluForm.values()) {
                ModelCard card = TestModels.card(network, form);
                assertThat(SCHEMA.validate(tree(ModelCardJson.write(card))))
                        .as(network.name())
                        .isEmpty();
                assertThat(load(tree(ModelCardJson.write(card)))).isEqualTo(card);
            }
        }
    }

    @Test
    void whatIsExportedSatisfiesIt() throws IOException {
        Path exported = TestModels.export(models.resolve("m")).path();
        Path demo = Path.of("../deploy/local/demo/models/cifar10-iresnet20/1");
        for (Path version : List.of(exported, demo)) {
            String json = Files.readString(version.resolve("assets.extra/model.json"));
            assertThat(SCHEMA.validate(tree(json))).isEmpty();
        }
    }
}
