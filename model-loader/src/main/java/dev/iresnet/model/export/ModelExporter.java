package dev.iresnet.model.export;

import com.google.protobuf.CodedOutputStream;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.card.VersionWriter;
import dev.iresnet.model.savedmodel.Nodes;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.zoo.Inventory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a network as a version of a model that TensorFlow Serving, Python and {@link
 * ModelDirectory} read. Equal networks, weights and cards give equal bytes in every file.
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
        try {
            return VersionWriter.write(
                    model, card, aside -> write(network, card.preprocessing(), weights, aside));
        } catch (IOException e) {
            throw cannotWrite(model, e);
        } catch (RuntimeException e) {
            throw TensorFlowFailures.isOne(e) ? cannotWrite(model, e) : e;
        }
    }

    private static ModelException cannotWrite(Path model, Exception cause) {
        return new ModelException("Cannot write a model to %s: %s".formatted(model, cause), cause);
    }

    private static void write(
            Network network, Preprocessing preprocessing, WeightSource weights, Path aside)
            throws IOException {
        try (NetworkGraph graph = NetworkGraph.build(network, preprocessing);
                Session session = new Session(graph.graph(), TensorFlowProcess.literalConfig())) {
            graph.transfer().fill(Inventory.weights(network.architecture()), weights, session);
            SavedModelBundle.exporter(aside.toString())
                    .withSession(session)
                    .withSignatures(graph.signatures().toArray(new Signature[0]))
                    .export();
        }
        rewrite(aside.resolve(ModelDirectory.GRAPH));
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
}
