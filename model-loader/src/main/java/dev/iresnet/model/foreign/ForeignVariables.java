package dev.iresnet.model.foreign;

import dev.iresnet.model.savedmodel.Attributes;
import dev.iresnet.model.savedmodel.Nodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Nodes that give a foreign network's variables the values that its files hold. */
final class ForeignVariables {
    /** To be run once. */
    static final String READY = "iresnet/ready";

    private static final String FILE = "iresnet/file";
    private static final String KEYS = "iresnet/keys";
    private static final String SLICES = "iresnet/slices";
    private static final String RESTORED = "iresnet/restored";

    private ForeignVariables() {}

    /** For a network that has none. */
    static List<NodeDef> none() {
        return List.of(Nodes.create(READY, "NoOp").build());
    }

    /**
     * For these variables.
     *
     * @param keys of theirs, in the same order
     * @param file where the names of the variables' files begin
     */
    static List<NodeDef> restore(List<NodeDef> variables, List<String> keys, String file) {
        List<NodeDef> nodes = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        NodeDef.Builder ready = Nodes.create(READY, "NoOp");
        for (NodeDef variable : variables) {
            AttrValue type = variable.getAttrOrThrow("dtype");
            String name = "iresnet/assign" + types.size();
            nodes.add(
                    Nodes.create(
                                    name,
                                    "AssignVariableOp",
                                    variable.getName(),
                                    RESTORED + ":" + types.size())
                            .putAttr("dtype", type)
                            .build());
            ready.addInput("^" + name);
            types.add(type.getType());
        }
        nodes.add(ready.build());
        nodes.add(constant(FILE, Attributes.text(file)));
        nodes.add(constant(KEYS, Attributes.texts(keys)));
        nodes.add(constant(SLICES, Attributes.texts(Collections.nCopies(keys.size(), "")))); // all
        nodes.add(
                Nodes.create(RESTORED, "RestoreV2", FILE, KEYS, SLICES)
                        .putAttr("dtypes", Attributes.types(types))
                        .build());
        return nodes;
    }

    private static NodeDef constant(String name, AttrValue value) {
        return Nodes.create(name, "Const")
                .putAttr("dtype", Attributes.type(DataType.DT_STRING))
                .putAttr("value", value)
                .build();
    }
}
