package dev.iresnet.model.running;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/**
 * A graph as it is run: weights frozen, norms folded, operations fused where that pays.
 *
 * @param graph with nothing to be initialised
 * @param session options that it wants, over those of the process
 * @param input tensor that takes uint8 [N,H,W,3]
 * @param probabilities tensor that gives float32 [N,classes]
 */
public record ServingGraph(
        GraphDef graph, ConfigProto session, String input, String probabilities) {}
