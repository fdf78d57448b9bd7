package dev.iresnet.model.loading;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.running.CropBatch;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.zoo.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Measures in a network as it was written what each block adds to its shortcut. In deep residual
 * networks many blocks learn to add next to nothing (Veit et al. 2016); this shows which. Not
 * thread-safe.
 */
public final class BlockProbe implements AutoCloseable {
    private final ModelDescription description;
    private final String input;
    private final SavedModelBundle bundle;
    private final List<Block> blocks;
    private long cropsRun;

    private BlockProbe(
            ModelDescription description,
            String input,
            SavedModelBundle bundle,
            List<Block> blocks) {
        this.description = description;
        this.input = input;
        this.bundle = bundle;
        this.blocks = blocks;
    }

    /**
     * Loads a model whose directory was opened, hence checked, before.
     *
     * @throws ModelException if another program wrote it: its blocks are not known
     */
    public static BlockProbe open(ModelDirectory directory) {
        Network network =
                directory
                        .card()
                        .network()
                        .orElseThrow(
                                () ->
                                        new ModelException(
                                                directory.path()
                                                        + " was not built from a known network:"
                                                        + " where its blocks are is not known"));
        SavedGraph saved = SavedGraph.read(directory);
        SavedModelBundle bundle = PlainModel.bundle(directory);
        try {
            return new BlockProbe(
                    directory.description(),
                    saved.input(),
                    bundle,
                    find(directory, network.architecture().backbone().stages(), bundle.graph()));
        } catch (RuntimeException e) {
            bundle.close();
            throw e;
        }
    }

    private static List<Block> find(ModelDirectory directory, List<Stage> stages, Graph graph) {
        Ops tf = Ops.create(graph).withSubScope("probe");
        List<Block> blocks = new ArrayList<>();
        for (int stage = 1; stage <= stages.size(); stage++) {
            for (int block = 0; block < stages.get(stage - 1).blocks(); block++) {
                String name = BlockStrength.name(stage, block) + ".add";
                GraphOperation sum = graph.operation(name);
                if (sum == null || sum.numInputs() != 2) {
                    throw new ModelException(
                            "%s has no sum named %s, which its model.json promises"
                                    .formatted(directory.path(), name));
                }
                // the order of the arguments of Layers.add
                blocks.add(new Block(stage, block, power(tf, sum, 1), power(tf, sum, 0)));
            }
        }
        return blocks;
    }

    /** Mean of the squares of an input, over all its values. */
    private static Operand<TFloat32> power(Ops tf, GraphOperation sum, int input) {
        Operand<TFloat32> x = sum.input(input).expect(TFloat32.class);
        int[] axes = IntStream.range(0, x.shape().numDimensions()).toArray();
        return tf.math.mean(tf.math.square(x), tf.constant(axes));
    }

    /** Runs samples as {@link Model#predict} takes them, and remembers. */
    public void run(List<Sample> samples) {
        Session.Runner runner = bundle.session().runner();
        for (Block block : blocks) {
            runner.fetch(block.residual).fetch(block.shortcut);
        }
        try (Tensor batch = CropBatch.of(samples, description);
                Result result = runner.feed(input, batch).run()) {
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                block.residualPower += samples.size() * (double) value(result.get(2 * i));
                block.shortcutPower += samples.size() * (double) value(result.get(2 * i + 1));
            }
        } catch (RuntimeException e) {
            if (!TensorFlowFailures.isOne(e)) {
                throw e;
            }
            throw new ModelException(
                    "%s failed at a batch of %d: %s"
                            .formatted(description.name(), samples.size(), e.getMessage()),
                    e);
        }
        cropsRun += samples.size();
    }

    private static float value(Tensor scalar) {
        return TensorMemory.of(scalar).asFloatBuffer().get();
    }

    /** All blocks, from input to output, over all crops that were run; NaN if none were. */
    public List<BlockStrength> strengths() {
        return blocks.stream()
                .map(
                        block ->
                                new BlockStrength(
                                        block.stage,
                                        block.block,
                                        Math.sqrt(block.residualPower / cropsRun),
                                        Math.sqrt(block.shortcutPower / cropsRun)))
                .toList();
    }

    @Override
    public void close() {
        bundle.close();
    }

    /** A block, where its two summands are measured, and what was found there. */
    private static final class Block {
        private final int stage;
        private final int block;
        private final Operand<TFloat32> residual;
        private final Operand<TFloat32> shortcut;
        private double residualPower;
        private double shortcutPower;

        Block(int stage, int block, Operand<TFloat32> residual, Operand<TFloat32> shortcut) {
            this.stage = stage;
            this.block = block;
            this.residual = residual;
            this.shortcut = shortcut;
        }
    }

    /**
     * How much a block adds to the signal that passes it: root mean square of residual and shortcut
     * over all values of the pictures that were run.
     *
     * @param stage from 1
     * @param block from 0, within the stage
     * @param residual what the block adds
     * @param shortcut what it is added to
     */
    public record BlockStrength(int stage, int block, double residual, double shortcut) {

        /** Norm of the residual over norm of the shortcut. */
        public double ratio() {
            return residual / shortcut;
        }

        /** As in the graph and in the authors' checkpoints, for example {@code layer2.0}. */
        public String name() {
            return name(stage, block);
        }

        static String name(int stage, int block) {
            return "layer" + stage + "." + block;
        }
    }
}
