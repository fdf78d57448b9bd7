package dev.iresnet.model;

import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;

/** Makes models ready to run: checked, frozen, warm. */
public final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

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
        SavedGraph saved = SavedGraph.read(directory.path());
        Model model;
        try {
            model = frozen(directory.description(), saved);
        } catch (TensorFlowException | IllegalArgumentException e) {
            throw new ModelException(
                    "TensorFlow cannot load %s: %s".formatted(directory.path(), e.getMessage()), e);
        }
        warmUp(model, options.maxBatch());
        LOG.info(
                "Loaded {} version {} ({}…) in {} ms",
                directory.name(),
                directory.version(),
                directory.digest().substring(0, 12),
                (System.nanoTime() - start) / 1_000_000);
        return model;
    }

    private static Model frozen(ModelDescription description, SavedGraph saved) {
        Graph graph = new Graph();
        try {
            graph.importGraphDef(FrozenGraph.freeze(saved));
            Session session = new Session(graph, TensorFlowProcess.config());
            return new TensorFlowModel(
                    description, graph, session, saved.input(), saved.probabilities());
        } catch (RuntimeException e) {
            graph.close();
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
