package dev.iresnet.model.savedmodel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Walks over the nodes of a GraphDef. */
public final class Nodes {
    private Nodes() {}

    /** Node that an input such as {@code ^node} or {@code node:1} refers to. */
    public static String of(String input) {
        String node = input.startsWith("^") ? input.substring(1) : input;
        int colon = node.indexOf(':');
        return colon < 0 ? node : node.substring(0, colon);
    }

    public static NodeDef.Builder create(String name, String operation, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(operation).addAllInput(List.of(inputs));
    }

    /** An input, of a node that may be damaged. */
    public static String input(NodeDef node, int index) {
        if (index >= node.getInputCount()) {
            throw new IllegalArgumentException(
                    "%s %s lacks its input %d".formatted(node.getOp(), node.getName(), index));
        }
        return node.getInput(index);
    }

    public static Map<String, NodeDef> byName(GraphDef graph) {
        Map<String, NodeDef> nodes = new HashMap<>();
        for (NodeDef node : graph.getNodeList()) {
            if (nodes.put(node.getName(), node) != null) {
                throw new IllegalArgumentException(
                        "the graph has two nodes named " + node.getName());
            }
        }
        return nodes;
    }

    /** Names of all nodes that the roots need, themselves included. */
    public static Set<String> reachable(Map<String, NodeDef> nodes, Collection<String> roots) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(of(root)));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!seen.add(name)) {
                continue;
            }
            NodeDef node = nodes.get(name);
            if (node == null) {
                throw new IllegalArgumentException(
                        "the graph refers to a node that it lacks: " + name);
            }
            node.getInputList().forEach(input -> open.add(of(input)));
        }
        return seen;
    }

    /** The graph without the nodes that are not named, in its order. */
    public static GraphDef keep(GraphDef graph, Set<String> names) {
        GraphDef.Builder kept = graph.toBuilder().clearNode();
        graph.getNodeList().stream()
                .filter(node -> names.contains(node.getName()))
                .forEach(kept::addNode);
        return kept.build();
    }
}
