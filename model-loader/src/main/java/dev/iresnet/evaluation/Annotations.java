package dev.iresnet.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.evaluation.TrueObject.Rectangle;
import dev.iresnet.file.DirectoryTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What is in pictures, by annotations of PASCAL VOC (an XML file a picture) or COCO (one JSON
 * file).
 *
 * <p>Boxes are taken as they are written: VOC's corners without a shift by one.
 */
public final class Annotations {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, List<TrueObject>> byPicture;
    private final boolean byStem;

    private Annotations(Map<String, List<TrueObject>> byPicture, boolean byStem) {
        this.byPicture = byPicture;
        this.byStem = byStem;
    }

    /**
     * Reads.
     *
     * @param place a directory, of which all XML files at any depth are read as VOC's, or a JSON
     *     file, as COCO's
     * @param labels of the model, which the names of classes are looked up in
     * @throws IOException if they are damaged, there are none, or a class is no label of the model
     */
    public static Annotations read(Path place, List<String> labels) throws IOException {
        Classes classes = new Classes(place, labels);
        Annotations read = Files.isDirectory(place) ? voc(place, classes) : coco(place, classes);
        classes.requireKnown();
        return read;
    }

    /**
     * Names of the classes: those of VOC's objects, sorted, or COCO's categories, by their ids.
     *
     * @param place as {@link #read} takes it
     */
    public static List<String> labels(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            Classes classes = new Classes(place, List.of());
            voc(place, classes);
            return List.copyOf(classes.unknown);
        }
        return List.copyOf(categories(json(place)).values());
    }

    /**
     * Those of some files that are annotated.
     *
     * @param name of a file, below the directory of pictures
     * @param split names the pictures to be taken, one a line, without suffixes; all if there is
     *     none
     * @throws IOException if it names one that is not there or not annotated, or none is left
     */
    public <F> List<F> taken(List<F> files, Function<F, Path> name, Optional<Path> split)
            throws IOException {
        List<F> taken = files;
        if (split.isPresent()) {
            Set<String> names =
                    Files.readAllLines(split.get()).stream()
                            // VOC's files of a class have a number behind the name
                            .map(line -> line.strip().split("\\s+", 2)[0])
                            .filter(line -> !line.isEmpty())
                            .collect(Collectors.toSet());
            taken = files.stream().filter(f -> names.contains(stem(name.apply(f)))).toList();
            if (taken.size() != names.size()) {
                throw new IOException(
                        "%s names %d pictures, of which %d are there"
                                .formatted(split.get(), names.size(), taken.size()));
            }
        }
        List<F> annotated = taken.stream().filter(f -> of(name.apply(f)).isPresent()).toList();
        if (annotated.isEmpty() || (split.isPresent() && annotated.size() < taken.size())) {
            throw new IOException(
                    "%d of %d pictures are annotated".formatted(annotated.size(), taken.size()));
        }
        return annotated;
    }

    /**
     * The objects of a picture; empty if it is not annotated.
     *
     * @param name of its file, below the directory of pictures
     */
    public Optional<List<TrueObject>> of(Path name) {
        if (byStem) {
            return Optional.ofNullable(byPicture.get(stem(name)));
        }
        String whole = name.toString().replace('\\', '/');
        List<TrueObject> named = byPicture.get(whole);
        return Optional.ofNullable(
                named != null ? named : byPicture.get(String.valueOf(name.getFileName())));
    }

    /** A file's name without its directories and its last suffix. */
    public static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Annotations voc(Path directory, Classes classes) throws IOException {
        Map<String, List<TrueObject>> byPicture = new HashMap<>();
        for (Path file : DirectoryTree.visible(directory)) {
            if (file.toString().endsWith(".xml")
                    && byPicture.put(stem(file), objects(file, classes)) != null) {
                throw new IOException(
                        directory + " has two annotations of a picture " + stem(file));
            }
        }
        if (byPicture.isEmpty()) {
            throw new IOException(
                    directory
                            + " has no VOC annotations (.xml): say where they are, or which COCO"
                            + " file, by --annotations");
        }
        return new Annotations(byPicture, true);
    }

    private static List<TrueObject> objects(Path file, Classes classes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            // no entities: a file could name others, or grow without end
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            NodeList nodes = builder.parse(in).getDocumentElement().getElementsByTagName("object");
            List<TrueObject> objects = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                objects.add(object(file, (Element) nodes.item(i), classes));
            }
            return objects;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " is no VOC annotation: " + e.getMessage(), e);
        }
    }

    private static TrueObject object(Path file, Element object, Classes classes)
            throws IOException {
        double xMin = number(file, object, "xmin");
        double yMin = number(file, object, "ymin");
        Rectangle box =
                new Rectangle(
                        xMin,
                        yMin,
                        number(file, object, "xmax") - xMin,
                        number(file, object, "ymax") - yMin);
        boolean difficult =
                object.getElementsByTagName("difficult").getLength() > 0
                        && text(file, object, "difficult").equals("1");
        return new TrueObject(classes.index(text(file, object, "name")), box, difficult, false);
    }

    private static double number(Path file, Element object, String name) throws IOException {
        String text = text(file, object, name);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IOException("%s: %s must be a number, got '%s'".formatted(file, name, text));
    }

    private static String text(Path file, Element object, String name) throws IOException {
        NodeList named = object.getElementsByTagName(name);
        if (named.getLength() == 0) {
            throw new IOException("%s: an object lacks its <%s>".formatted(file, name));
        }
        return named.item(0).getTextContent().strip();
    }

    private static JsonNode json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file or directory of annotations");
        }
        JsonNode root = MAPPER.readTree(file.toFile());
        if (!root.path("images").isArray() || !root.path("annotations").isArray()) {
            throw new IOException(file + " is no COCO annotation: it lacks images or annotations");
        }
        return root;
    }

    /** By id, in their order. */
    private static Map<Long, String> categories(JsonNode root) {
        Map<Long, String> names = new TreeMap<>();
        root.path("categories").forEach(c -> names.put(c.path("id").asLong(), text(c, "name")));
        return names;
    }

    private static Annotations coco(Path file, Classes classes) throws IOException {
        JsonNode root = json(file);
        Map<Long, String> names = categories(root);
        Map<String, List<TrueObject>> byPicture = new LinkedHashMap<>();
        Map<Long, List<TrueObject>> byId = new HashMap<>();
        for (JsonNode image : root.path("images")) {
            List<TrueObject> objects = new ArrayList<>();
            byPicture.put(text(image, "file_name"), objects);
            byId.put(image.path("id").asLong(), objects);
        }
        for (JsonNode annotation : root.path("annotations")) {
            List<TrueObject> objects = byId.get(annotation.path("image_id").asLong());
            String name = names.get(annotation.path("category_id").asLong());
            JsonNode box = annotation.path("bbox");
            if (objects == null || name == null || !isRectangle(box)) {
                throw new IOException(
                        "%s: annotation %s needs an image_id and a category_id that are there, and a bbox of four numbers"
                                .formatted(file, annotation.path("id")));
            }
            boolean crowd = annotation.path("iscrowd").asInt() != 0;
            objects.add(
                    new TrueObject(
                            classes.index(name),
                            new Rectangle(
                                    box.get(0).asDouble(),
                                    box.get(1).asDouble(),
                                    box.get(2).asDouble(),
                                    box.get(3).asDouble()),
                            crowd,
                            crowd));
        }
        return new Annotations(byPicture, false);
    }

    private static boolean isRectangle(JsonNode box) {
        boolean numbers = box.size() == 4;
        for (JsonNode side : box) {
            numbers &= side.isNumber() && Double.isFinite(side.asDouble());
        }
        return numbers;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    /** Looks names up, and collects those that are not there. */
    private record Classes(Path place, List<String> labels, Set<String> unknown) {
        Classes(Path place, List<String> labels) {
            this(place, labels, new TreeSet<>());
        }

        int index(String name) {
            int index = labels.indexOf(name);
            if (index < 0) {
                unknown.add(name);
            }
            return index;
        }

        void requireKnown() throws IOException {
            if (!unknown.isEmpty()) {
                throw new IOException(
                        "%s has classes that are no labels of the model: %s; its labels are %s"
                                .formatted(
                                        place,
                                        String.join(", ", unknown.stream().limit(10).toList()),
                                        String.join(", ", labels.stream().limit(10).toList())));
            }
        }
    }
}
