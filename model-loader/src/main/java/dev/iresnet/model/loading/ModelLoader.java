package dev.iresnet.model.loading;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.foreign.ForeignGraph;
import dev.iresnet.model.rewriting.Folding;
import dev.iresnet.model.rewriting.Fusing;
import dev.iresnet.model.rewriting.Narrowing;
import dev.iresnet.model.rewriting.Widening;
import dev.iresnet.model.running.ExecutedGraph;
import dev.iresnet.model.running.RunnableGraph;
import dev.iresnet.model.running.SessionConfig;
import dev.iresnet.model.running.TensorFlowModel;
import dev.iresnet.model.savedmodel.FrozenGraph;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.DeviceException;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
            model = ready(directory.with(options.detection()), options.precision());
            warmUp(model, options.maxBatch());
        } catch (ModelException | DeviceException e) {
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
                Kernels.inUse().device(),
                options.precision(),
                (System.nanoTime() - start) / 1_000_000);
        return model;
    }

    private static Model ready(ModelDirectory directory, Precision precision) {
        // before the first native call, which would end the process on a CPU without AVX
        TensorFlowProcess.device();
        precision.require();
        ModelDescription description = directory.description();
        Optional<ServedSignature> signature = directory.card().signature();
        if (signature.isEmpty()) {
            RunnableGraph graph = graph(directory, precision);
            require(precision, graph, description, 1);
            return new TensorFlowModel(description, graph);
        }
        if (description.task() == Task.VIDEO_CLASSIFICATION) {
            throw new ModelException(
                    "%s is a SavedModel of another program for %s; of those only models for pictures are run"
                            .formatted(directory.path(), description.task()));
        }
        ForeignGraph foreign =
                ForeignGraph.read(directory.path(), signature.get(), description.preprocessing());
        RunnableGraph graph = foreign.start(SessionConfig.rewriting(precision));
        require(precision, graph, description, foreign.shape().batch().orElse(1));
        warmUp(foreign.trial(description, graph), 1);
        return foreign.model(description, graph);
    }

    /** The graph of a model that {@link ModelExporter} wrote. */
    private static RunnableGraph graph(ModelDirectory directory, Precision precision) {
        SavedGraph saved = SavedGraph.read(directory);
        if (saved.weightBytes() > LARGEST_FROZEN) {
            LOG.info("{} is too large to be frozen, its weights stay variables", directory.name());
            SavedModelBundle bundle =
                    SavedModelBundle.loader(directory.path().toString())
                            .withConfigProto(
                                    SessionConfig.rewriting(precision, directory.card().task()))
                            .load();
            return saved.in(bundle.graph(), bundle.session());
        }
        ServingGraph serving = servingGraph(directory, saved, precision);
        Graph graph = new Graph();
        try {
            graph.importGraphDef(serving.graph());
            return saved.in(graph, new Session(graph, serving.session()));
        } catch (RuntimeException | Error e) {
            graph.close();
            throw e;
        }
    }

    /**
     * What {@link #load} runs of a model that {@link ModelExporter} wrote, whatever its size: for
     * callers that run the graph without the rest.
     *
     * @throws ModelException if something is wrong with it
     */
    public static ServingGraph servingGraph(ModelDirectory directory, Precision precision) {
        TensorFlowProcess.device();
        precision.require();
        return servingGraph(directory, SavedGraph.read(directory), precision);
    }

    private static ServingGraph servingGraph(
            ModelDirectory directory, SavedGraph saved, Precision precision) {
        GraphDef wide = Widening.widen(FrozenGraph.freeze(saved), saved.tensors());
        GraphDef folded = Folding.fold(wide, saved.tensors());
        boolean fusible =
                directory.card().network().isPresent()
                        && TensorFlowProcess.device().startsWith("CPU")
                        && precision != Precision.FLOAT16;
        return new ServingGraph(
                fusible ? fused(folded, saved, precision) : folded,
                fusible
                        ? TensorFlowProcess.literalConfig()
                        : SessionConfig.rewriting(precision, directory.card().task()),
                saved.input(),
                saved.outputs());
    }

    private static GraphDef fused(GraphDef folded, SavedGraph saved, Precision precision) {
        GraphDef fused = Fusing.fuse(folded, saved.tensors(), Kernels.inUse().fusions());
        return precision == Precision.BFLOAT16 ? Narrowing.narrow(fused, saved.tensors()) : fused;
    }

    /** Closes the graph if it does not run in the precision that was asked for. */
    private static void require(
            Precision precision, RunnableGraph graph, ModelDescription model, int batch) {
        if (precision == Precision.FLOAT32) {
            return;
        }
        try {
            ExecutedGraph.of(graph, model, batch).require(precision);
        } catch (RuntimeException e) {
            graph.close();
            throw TensorFlowFailures.isOne(e)
                    ? precision.refused(String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    private static void warmUp(Model model, int maxBatch) {
        try {
            Sample black = Sample.black(model.description());
            for (int batch = 1; batch < maxBatch; batch *= 2) {
                model.predict(Collections.nCopies(batch, black));
            }
            model.predict(Collections.nCopies(maxBatch, black));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /**
     * A graph as it is run: weights frozen, norms folded, operations fused where that pays.
     *
     * @param graph with nothing to be initialised
     * @param session options that it wants, over those of the process
     * @param input tensor that takes uint8 [N,H,W,3], of clips [N,T,H,W,3]
     * @param outputs tensors that give a classifier's probabilities, float32 [N,classes]; of a
     *     detector the boxes, float32 [N,boxes,4], and their scores, float32 [N,boxes,classes]
     */
    public record ServingGraph(
            GraphDef graph, ConfigProto session, String input, List<String> outputs) {
        public ServingGraph {
            outputs = List.copyOf(outputs);
        }
    }
}
