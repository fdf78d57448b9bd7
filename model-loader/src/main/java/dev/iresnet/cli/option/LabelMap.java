package dev.iresnet.cli.option;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.iresnet.model.card.ServedDetections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Label maps of TensorFlow's Object Detection API ({@code .pbtxt}): text of the protocol buffer
 * {@code StringIntLabelMap}, an {@code item} of {@code id}, {@code name} and {@code display_name}
 * for each class. Ids count from 1; 0 is the background.
 */
final class LabelMap {
    /** The id of the first label. */
    static final int FIRST = 1;

    private static final String ITEM = "StringIntLabelMapItem";
    private static final Descriptor TYPE = descriptor();
    private static final TextFormat.Parser PARSER =
            TextFormat.Parser.newBuilder().setAllowUnknownFields(true).build();

    /** Of the parser, which warns of each field that it does not know. Held, or it is forgotten. */
    private static final Logger PARSERS = Logger.getLogger(TextFormat.Parser.class.getName());

    static {
        PARSERS.setLevel(Level.OFF);
    }

    private LabelMap() {}

    static boolean is(Path file) {
        return file.toString().endsWith(".pbtxt");
    }

    /**
     * Names by id, from {@value #FIRST} on; an id that is left out has the name that classes
     * without a name have.
     *
     * @param file for messages
     */
    static List<String> parse(String text, Path file) throws IOException {
        DynamicMessage.Builder map = DynamicMessage.newBuilder(TYPE);
        try {
            PARSER.merge(text, map);
        } catch (TextFormat.ParseException e) {
            throw new IOException(file + " is no label map: " + e.getMessage(), e);
        }
        TreeMap<Integer, String> names = new TreeMap<>();
        for (Object item : (List<?>) map.getField(TYPE.findFieldByName("item"))) {
            Message message = (Message) item;
            int id = (int) field(message, "id");
            String display = (String) field(message, "display_name");
            String name = display.isBlank() ? (String) field(message, "name") : display;
            if (id == 0 && name.equals("background")) {
                continue;
            }
            if (id < FIRST || id > ServedDetections.LAST_CLASS || name.isBlank()) {
                throw new IOException(
                        "%s: an item needs a name and an id of %d..%d, got '%s' with id %d"
                                .formatted(file, FIRST, ServedDetections.LAST_CLASS, name, id));
            }
            if (names.put(id, name) != null) {
                throw new IOException("%s has two items with id %d".formatted(file, id));
            }
        }
        if (names.isEmpty()) {
            throw new IOException(file + " is a label map without items");
        }
        List<String> labels = new ArrayList<>();
        for (int id = FIRST; id <= names.lastKey(); id++) {
            labels.add(names.getOrDefault(id, LabelOption.unnamed(id - FIRST)));
        }
        return labels;
    }

    private static Object field(Message item, String name) {
        return item.getField(item.getDescriptorForType().findFieldByName(name));
    }

    private static Descriptor descriptor() {
        FileDescriptorProto file =
                FileDescriptorProto.newBuilder()
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName(ITEM)
                                        .addField(
                                                field(
                                                        "name",
                                                        1,
                                                        FieldDescriptorProto.Type.TYPE_STRING))
                                        .addField(
                                                field(
                                                        "id",
                                                        2,
                                                        FieldDescriptorProto.Type.TYPE_INT32))
                                        .addField(
                                                field(
                                                        "display_name",
                                                        3,
                                                        FieldDescriptorProto.Type.TYPE_STRING)))
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("StringIntLabelMap")
                                        .addField(
                                                field(
                                                                "item",
                                                                1,
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_MESSAGE)
                                                        .setTypeName(ITEM)
                                                        .setLabel(
                                                                FieldDescriptorProto.Label
                                                                        .LABEL_REPEATED)))
                        .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                    .findMessageTypeByName("StringIntLabelMap");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("the description of label maps is sound", e);
        }
    }

    private static FieldDescriptorProto.Builder field(
            String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }
}
