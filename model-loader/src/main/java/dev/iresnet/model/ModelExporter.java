package dev.iresnet.model;

import com.google.protobuf.CodedOutputStream;
import dev.iresnet.zoo.Inventory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a network as a version of a model that TensorFlow Serving, Python and {@link
 * ModelDirectory} read. Equal networks, weights and cards give equal bytes in every file. A version
 * is written aside and then moved into place, so that a half-written one is never seen.
 */
public final class ModelExporter {
    private ModelExporter() {}

    /**
     * Writes the next version of a model.
     *
     * @param card whose network is to be written
     * @param weights of that network
     * @param model directory of versions; made if it is not there
     * @return the version, as it was read back and checked
     * @throws ModelException if it cannot be written
     */
    public static ModelDirectory export(ModelCard card, WeightSource weights, Path model) {
        Network network =
                card.network()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "only a model of a known network can be built"));
        Path target = model.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target);
            Path aside = Files.createDirectory(target.resolve(".writing-" + UUID.randomUUID()));
            try {
                write(network, card, weights, aside);
                return ModelDirectory.open(publish(aside, target));
            } finally {
                delete(aside);
            }
        } catch (IOException | TensorFlowException e) {
            throw new ModelException("Cannot write a model to %s: %s".formatted(model, e), e);
        }
    }

    private static void write(Network network, ModelCard card, WeightSource weights, Path aside)
            throws IOException {
        try (NetworkGraph graph = NetworkGraph.build(network, card.preprocessing());
                Session session = new Session(graph.graph(), SessionConfig.literal())) {
            WeightTransfer.fill(
                    graph, Inventory.variables(network.architecture()), weights, session);
            SavedModelBundle.exporter(aside.toString())
                    .withSession(session)
                    .withSignatures(graph.signatures().toArray(new Signature[0]))
                    .export();
        }
        rewrite(aside.resolve(ModelDirectory.GRAPH));
        Files.createDirectories(aside.resolve("assets.extra"));
        Files.writeString(aside.resolve(ModelDirectory.CARD), ModelCardJson.write(card));
        Checksums.write(aside);
    }

    /**
     * Leaves out what only this process needed, and puts map entries, which are written in any
     * order, into one order.
     */
    private static void rewrite(Path file) throws IOException {
        SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
        model.setSavedModelSchemaVersion(1);
        MetaGraphDef.Builder graph = model.getMetaGraphsBuilder(0);
        Map<String, NodeDef> nodes = Nodes.byName(graph.getGraphDef());
        Set<String> roots = new HashSet<>();
        graph.getSignatureDefMap()
                .values()
                .forEach(
                        signature -> {
                            signature.getInputsMap().values().forEach(i -> roots.add(i.getName()));
                            signature.getOutputsMap().values().forEach(o -> roots.add(o.getName()));
                        });
        roots.add(graph.getSaverDef().getSaveTensorName());
        roots.add(graph.getSaverDef().getRestoreOpName());
        graph.setGraphDef(Nodes.keep(graph.getGraphDef(), Nodes.reachable(nodes, roots)));
        try (OutputStream out = Files.newOutputStream(file)) {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.useDeterministicSerialization();
            model.build().writeTo(coded);
            coded.flush();
        }
    }

    /** Moves the finished version to the next number that is free. */
    private static Path publish(Path aside, Path model) throws IOException {
        for (long version = ModelDirectory.newest(model).orElse(0) + 1; ; version++) {
            Path place = model.resolve(Long.toString(version));
            try {
                if (!Files.exists(place)) {
                    return Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // another writer took this number in the meantime: the next one, then
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
