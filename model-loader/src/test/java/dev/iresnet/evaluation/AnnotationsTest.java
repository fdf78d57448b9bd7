package dev.iresnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.evaluation.TrueObject.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {
    private static final List<String> LABELS = List.of("cat", "dog");
    private static final String OBJECT =
            "<object><name>dog</name><difficult>1</difficult><bndbox><xmin>3</xmin><ymin>4</ymin>"
                    + "<xmax>10.5</xmax><ymax>20</ymax></bndbox></object>";

    @TempDir private Path folder;

    @Test
    void readsVocFilesByTheNameOfThePicture() throws IOException {
        Files.createDirectories(folder.resolve("Annotations"));
        Files.writeString(
                folder.resolve("Annotations/a.1.xml"), "<annotation>" + OBJECT + "</annotation>");

        Annotations read = Annotations.read(folder, LABELS);

        assertThat(read.of(Path.of("JPEGImages/a.1.jpg")).orElseThrow())
                .containsExactly(new TrueObject(1, new Rectangle(3, 4, 7.5, 16), true, false));
        assertThat(read.of(Path.of("b.jpg"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<annotation> | is no VOC annotation",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a> | DOCTYPE",
                "<a><object><name>cow</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></a> | no labels of the model: cow",
                "<a><object><name>cat</name></object></a> | lacks its <xmin>",
                "<a><object><name>cat</name><xmin>x</xmin></object></a> | xmin must be a number",
            })
    void refusesDamagedVocFiles(String xml, String reason) throws IOException {
        Files.writeString(folder.resolve("a.xml"), xml);

        assertThatThrownBy(() -> Annotations.read(folder, LABELS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | lacks images or annotations",
                "{'images':[{'id':1,'file_name':'a'}],'annotations':[{'id':7,'image_id':2}]} | annotation 7 needs",
                "{'categories':[{'id':3,'name':'cat'}],'images':[{'id':1,'file_name':'a'}],'annotations':[{'id':7,'image_id':1,'category_id':3,'bbox':['a',1,2,3]}]} | annotation 7 needs",
                "{'categories':[{'id':3,'name':'cat'}],'images':[{'id':1,'file_name':'a'}],'annotations':[{'id':7,'image_id':1,'category_id':3,'bbox':[0,1,1e999,3]}]} | annotation 7 needs",
            },
            quoteCharacter = '~')
    void refusesDamagedCocoFiles(String json, String reason) throws IOException {
        Path file = folder.resolve("truth.json");
        Files.writeString(file, json.replace('\'', '"'));

        assertThatThrownBy(() -> Annotations.read(file, LABELS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void saysWhereItFoundNone() {
        assertThatThrownBy(() -> Annotations.read(folder, LABELS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--annotations");
    }
}
