package dev.iresnet.model;

import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/** Makes models ready to run: checked, frozen, folded, warm. */
public final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    /**
     * Bytes of weights beyond which constants would cost too much memory while loading: TensorFlow
     * holds a graph about ten times before it runs.
     */
    private static final long LARGEST_FROZEN = 300_000_000;

    private ModelLoader() {}

    /**
     * Loads the newest version of a model, or a given one.
     *
     * @param path {@code <name>} or {@code <name>/<version>}
     * @throws ModelException if something is wrong with it; the message says what to do
     */
    public static Model load(Path path, LoadOptions options) {
        return load(ModelDirectory.open(path), options);
    }

    /** Loads a model whose directory was opened, hence checked, before. */
    public static Model load(ModelDirectory directory, LoadOptions options) {
        long start = System.nanoTime();
        Model model;
        try {
            model = ready(directory, SavedGraph.read(directory.path()), options.precision());
            warmUp(model, options.maxBatch());
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            // a graph can be wrong in more ways than TensorFlow and the rewriting look for
            throw new ModelException(
                    "Cannot load %s: %s".formatted(directory.path(), e.getMessage()), e);
        }
        LOG.info(
                "Loaded {} version {} ({}…) on {} in {}, took {} ms",
                directory.name(),
                directory.version(),
                directory.digest().substring(0, 12),
                TensorFlowProcess.device(),
                options.precision(),
                (System.nanoTime() - start) / 1_000_000);
        return model;
    }

    private static Model ready(ModelDirectory directory, SavedGraph saved, Precision precision) {
        ConfigProto rewriting = SessionConfig.rewriting(precision);
        if (saved.weightBytes() > LARGEST_FROZEN) {
            LOG.info("{} is too large to be frozen, its weights stay variables", directory.name());
            SavedModelBundle bundle =
                    SavedModelBundle.loader(directory.path().toString())
                            .withConfigProto(rewriting)
                            .load();
            return model(directory, saved, bundle.graph(), bundle.session(), precision);
        }
        GraphDef folded = Folding.fold(FrozenGraph.freeze(saved), saved.tensors());
        boolean fusible =
                directory.card().network().isPresent()
                        && precision == Precision.FLOAT32
                        && TensorFlowProcess.device().startsWith("CPU");
        Graph graph = new Graph();
        graph.importGraphDef(fusible ? Fusing.fuse(folded, saved.tensors()) : folded);
        Session session = new Session(graph, fusible ? SessionConfig.literal() : rewriting);
        return model(directory, saved, graph, session, precision);
    }

    /** Takes over graph and session, and closes them if they are not what was asked for. */
    private static Model model(
            ModelDirectory directory,
            SavedGraph saved,
            Graph graph,
            Session session,
            Precision precision) {
        ModelDescription description = directory.description();
        Model model =
                new TensorFlowModel(
                        description, graph, session, saved.input(), saved.probabilities());
        try {
            if (precision != Precision.FLOAT32) {
                ExecutedGraph.of(session, saved, description.preprocessing()).require(precision);
            }
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void warmUp(Model model, int maxBatch) {
        try {
            ByteBuffer black =
                    ByteBuffer.allocateDirect(model.description().preprocessing().cropBytes());
            for (int batch = 1; batch < maxBatch; batch *= 2) {
                model.classify(Collections.nCopies(batch, black));
            }
            model.classify(Collections.nCopies(maxBatch, black));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
