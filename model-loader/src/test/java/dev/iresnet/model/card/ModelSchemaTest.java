package dev.iresnet.model.card;

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
import dev.iresnet.model.card.ServedSignature.Input;
import dev.iresnet.model.card.ServedSignature.Kind;
import dev.iresnet.model.card.ServedSignature.Scores;
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
    static final Schema WITH_TASK = SCHEMAS.getSchema(schema(2));

    /** A field a line, and values that it must not have; a dash stands for its absence. */
    private static final String MISTAKES =
            """
            /schemaVersion - | 2 | "1" | null
            /extra 1
            /labels - | [] | "cat"
            /labels/0 " " | 7
            /preprocessing - | null | []
            /preprocessing/extra true
            /preprocessing/width - | 0 | 4097 | 16.5
            /preprocessing/height - | "16" | -1
            /preprocessing/resize - | "FILL" | null
            /preprocessing/resizeTo - | 0 | null | 5000
            /preprocessing/mean - | [0, 0] | [0, 0, 0, 0]
            /preprocessing/mean/0 "0"
            /preprocessing/std - | 0.5
            /preprocessing/std/1 0 | -0.5
            /preprocessing/interpolation "NEAREST"
            /preprocessing/channelOrder "rgb" | null
            /preprocessing/resizeToWidth 300
            /source {} | null
            /source/file - | ""
            /source/sha256 - | "00"
            /source/url "x"
            /network null
            /network/name - | ""
            /network/extra 1
            /network/reluForm - | "authors"
            /network/classes - | 0 | 16777217
            /network/weightType "INT4" | 8 | null
            /network/stem - | 1
            /network/stem/form - | "SQUARE"
            /network/stem/width - | 0 | 65537
            /network/stem/extra 1
            /network/block/unit - | "WIDE"
            /network/block/order - | 1
            /network/block/shortcut - | "NONE"
            /network/block/extra 1
            /network/stages - | [] | {}
            /network/stages/0 3
            /network/stages/0/blocks - | 1 | 65537
            /network/stages/0/width - | 0
            /network/stages/0/groups - | 2
            /network/stages/0/outputs 16
            /network/stages/0/extra 2
            /network/block -
            """;

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

    static ModelCard card(Preprocessing rule) {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.AUTHORS);
        return new ModelCard(
                card.labels(),
                rule,
                card.network(),
                Optional.of(new Provenance("a.pth", "0".repeat(64))));
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ModelCard load(JsonNode card) {
        return ModelCardJson.read(card.toString().getBytes(StandardCharsets.UTF_8), "model.json");
    }

    static JsonNode with(String pointer, String value) {
        ObjectNode card = sound();
        int end = pointer.lastIndexOf('/');
        JsonNode parent = card.at(pointer.substring(0, end));
        String last = pointer.substring(end + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), tree(value));
        } else if (value.equals("-")) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, tree(value));
        }
        return card;
    }

    static Stream<JsonNode> mistakes() {
        return MISTAKES.lines()
                .map(line -> line.split(" ", 2))
                .flatMap(
                        field ->
                                Stream.of(field[1].split(" \\| "))
                                        .map(value -> with(field[0], value)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void theLoaderRefusesWhatTheSchemaRefuses(JsonNode mistaken) {
        assertBothRefuse(mistaken, "");
    }

    @Test
    void bothTakeTheOptionalPartsOrTheirAbsence() {
        ObjectNode card = sound();
        assertBothTake(card);

        card.remove(List.of("network", "source"));
        assertBothTake(card);
    }

    @Test
    void bothTakeWeightsOfEightBits() {
        for (ModelCard card :
                List.of(card(Preprocessing.IMAGENET), DetectorSchemaTest.detector())) {
            ModelCard small = card.with(WeightType.INT8);
            JsonNode json = tree(ModelCardJson.write(small));

            Schema schema = card.task() == Task.DETECTION ? WITH_TASK : SCHEMA;
            assertThat(schema.validate(json)).isEmpty();
            assertThat(json.at("/network/weightType").asText()).isEqualTo("INT8");
            assertThat(load(json)).isEqualTo(small);
            assertThat(small.with(WeightType.FLOAT32)).isEqualTo(card);
        }
        assertThat(sound().at("/network").has("weightType")).isFalse();
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

        assertBothRefuse(card, "");
    }

    @Test
    void bothRefuseANetworkWithASignatureOfForeignMake() {
        ObjectNode card = foreign();
        card.set("network", sound().get("network"));

        assertBothRefuse(card, "either a network or a signature");
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
                                        new Input("x", ServedSignature.Type.FLOAT32),
                                        new Scores("y", Kind.LOGITS))));
        return (ObjectNode) tree(ModelCardJson.write(card));
    }

    @Test
    void bothWantATaskFromVersionTwoOn() {
        ModelCard classifier = card(Preprocessing.IMAGENET);
        ModelCard clips =
                new ModelCard(
                        Task.VIDEO_CLASSIFICATION,
                        classifier.labels(),
                        classifier.preprocessing(),
                        Optional.empty(),
                        classifier.source(),
                        Optional.empty());
        for (ModelCard card : List.of(DetectorSchemaTest.detector(), clips)) {
            Task task = card.task();
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

    static void assertBothTake(JsonNode card) {
        assertThat(SCHEMA.validate(card)).isEmpty();
        assertThatCode(() -> load(card)).doesNotThrowAnyException();
    }

    static void assertBothRefuse(JsonNode card, String reason) {
        assertThat(SCHEMA.validate(card)).isNotEmpty();
        assertThatThrownBy(() -> load(card))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(reason);
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
            assertThat(ModelCardJson.write(load(tree(json)))).isEqualTo(json);
        }
    }
}
