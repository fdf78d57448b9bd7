package dev.iresnet.model.savedmodel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** The functions that the nodes of a graph call. */
final class Functions {
    private final Map<String, FunctionDef> byName = new HashMap<>();

    Functions(FunctionDefLibrary library) {
        for (FunctionDef function : library.getFunctionList()) {
            String name = function.getSignature().getName();
            if (byName.put(name, function) != null) {
                throw new IllegalArgumentException("the graph has two functions named " + name);
            }
        }
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** What a node that only calls a function calls. */
    Optional<FunctionDef> calledBy(NodeDef node) {
        return node.getOp().equals("PartitionedCall")
                        || node.getOp().equals("StatefulPartitionedCall")
                ? Optional.ofNullable(byName.get(node.getAttrOrThrow("f").getFunc().getName()))
                : Optional.empty();
    }

    /** Names of all functions that the nodes, or functions of theirs, mention. */
    Set<String> reachable(Collection<NodeDef> nodes) {
        Set<String> seen = new HashSet<>();
        Deque<NodeDef> open = new ArrayDeque<>(nodes);
        while (!open.isEmpty()) {
            mentioned(open.remove())
                    .map(byName::get)
                    .filter(Objects::nonNull)
                    .filter(function -> seen.add(function.getSignature().getName()))
                    .forEach(function -> open.addAll(function.getNodeDefList()));
        }
        return seen;
    }

    /** Names that are functions, and names of operations, which may be functions too. */
    private static Stream<String> mentioned(NodeDef node) {
        return Stream.concat(Stream.of(node.getOp()), named(node));
    }

    /** Names of the functions that a node's attributes name, there or not. */
    static Stream<String> named(NodeDef node) {
        return node.getAttrMap().values().stream().flatMap(Functions::mentioned);
    }

    private static Stream<String> mentioned(AttrValue value) {
        List<NameAttrList> functions =
                value.hasFunc() ? List.of(value.getFunc()) : value.getList().getFuncList();
        return functions.stream()
                .flatMap(
                        function ->
                                Stream.concat(
                                        Stream.of(function.getName()),
                                        function.getAttrMap().values().stream()
                                                .flatMap(Functions::mentioned)));
    }

    /** The library without the functions that are not named. */
    FunctionDefLibrary keep(Set<String> names) {
        FunctionDefLibrary.Builder kept = FunctionDefLibrary.newBuilder();
        byName.values().stream()
                .filter(function -> names.contains(function.getSignature().getName()))
                .forEach(kept::addFunction);
        return kept.build();
    }
}
