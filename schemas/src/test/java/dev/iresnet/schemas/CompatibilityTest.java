package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** FULL_TRANSITIVE: each schema reads what any other wrote, today's and released ones alike. */
class CompatibilityTest {

    record Contract(String name, Schema current, List<Schema> released) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Contract> contracts() throws IOException {
        return Stream.of(
                new Contract("ImageEvent", source("ImageEvent"), SchemaHistory.imageEvent()),
                new Contract(
                        "LabeledResult", source("LabeledResult"), SchemaHistory.labeledResult()));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everySchemaReadsEveryOther(Contract contract) {
        List<Schema> all = new ArrayList<>(contract.released());
        all.add(contract.current());

        assertThat(incompatibilities(all)).isEmpty();
    }

    /** A changed schema is released with its own entry, so that its data stays readable. */
    @ParameterizedTest
    @MethodSource("contracts")
    void theNewestReleaseIsTheCurrentSchema(Contract contract) {
        Schema newest = contract.released().get(contract.released().size() - 1);

        assertThat(contract.current())
                .as(
                        "%s.avsc differs from history/%s/%d.avsc: add it there as %d.avsc",
                        contract,
                        contract,
                        contract.released().size(),
                        contract.released().size() + 1)
                .isEqualTo(newest);
    }

    /** Readers of the single-object encoding know a released schema by this number. */
    @Test
    void releasedSchemasNeverChange() throws IOException {
        assertThat(contracts().map(CompatibilityTest::fingerprints))
                .containsExactly(
                        "ImageEvent [df246177c00d5a51]",
                        "LabeledResult [c2a4730e785341f7, b1c6742bf5631061]");
    }

    /** Our writers write a result by an older schema by leaving its last fields out. */
    @Test
    void newFieldsStandBehindTheOldOnes() {
        List<Schema> released = SchemaHistory.labeledResult();
        for (int next = 1; next < released.size(); next++) {
            List<String> before = fields(released.get(next - 1));
            assertThat(fields(released.get(next)).subList(0, before.size())).isEqualTo(before);
        }
    }

    private static List<String> fields(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }

    private static String fingerprints(Contract contract) {
        return contract.name()
                + " "
                + contract.released().stream()
                        .map(SchemaNormalization::parsingFingerprint64)
                        .map(Long::toHexString)
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyFieldIsDocumented(Contract contract) {
        assertThat(undocumented(contract.current())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field without default | {\"name\":\"width\" |"
                        + " {\"name\":\"gain\",\"type\":\"int\"},{\"name\":\"width\"",
                "another name            | \"name\":\"eventId\" | \"name\":\"id\"",
                "another type            | {\"type\":\"long\",\"logicalType\" |"
                        + " {\"type\":\"string\",\"x\"",
                "a branch less           | [\"null\",\"bytes\", | [\"null\","
            })
    void incompatibleChangesAreFound(String what, String part, String change) throws IOException {
        assertThat(incompatibilities(withChange(part, change))).as(what).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field with default | {\"name\":\"width\" |"
                        + " {\"name\":\"gain\",\"type\":\"int\",\"default\":1},{\"name\":\"width\"",
                "a symbol less        | \"NV12\", | ",
                "a symbol more        | \"NV12\", | \"NV12\",\"WEBP\","
            })
    void compatibleChangesPass(String what, String part, String change) throws IOException {
        String replacement = change == null ? "" : change;

        assertThat(incompatibilities(withChange(part, replacement))).as(what).isEmpty();
    }

    private static List<Schema> withChange(String part, String change) throws IOException {
        Schema event = source("ImageEvent");
        String json = event.toString();
        assertThat(json).contains(part);
        return List.of(event, new Schema.Parser().parse(json.replace(part, change)));
    }

    @Test
    void changedSchemasDifferFromTheirRelease() throws IOException {
        Schema event = source("ImageEvent");
        String changed = event.toString().replace("\"default\":-1", "\"default\":0");

        assertThat(new Schema.Parser().parse(changed)).isNotEqualTo(event);
    }

    @Test
    void undocumentedFieldsAreFound() throws IOException {
        String json = source("ImageEvent").toString().replaceAll("\"doc\":\"[^\"]*\",", "");

        assertThat(undocumented(new Schema.Parser().parse(json)))
                .contains("width", "ImageReference");
    }

    private static List<String> incompatibilities(List<Schema> schemas) {
        List<String> found = new ArrayList<>();
        for (Schema reader : schemas) {
            for (Schema writer : schemas) {
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getResult()
                        .getIncompatibilities()
                        .forEach(problem -> found.add(problem.toString()));
            }
        }
        return found;
    }

    private static List<String> undocumented(Schema schema) {
        List<String> found = new ArrayList<>();
        switch (schema.getType()) {
            case ARRAY -> found.addAll(undocumented(schema.getElementType()));
            case MAP -> found.addAll(undocumented(schema.getValueType()));
            case UNION -> schema.getTypes().forEach(type -> found.addAll(undocumented(type)));
            case ENUM, RECORD -> {
                if (schema.getDoc() == null) {
                    found.add(schema.getName());
                }
            }
            default -> {}
        }
        if (schema.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : schema.getFields()) {
                if (field.doc() == null) {
                    found.add(field.name());
                }
                found.addAll(undocumented(field.schema()));
            }
        }
        return found;
    }

    private static Schema source(String name) throws IOException {
        return SchemaFiles.read(Path.of("src/main/avro", name + ".avsc")).get(0);
    }
}
