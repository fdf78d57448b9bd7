package dev.iresnet.cli.inspection;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.iresnet.cli.option.Json;

import java.util.Optional;

/**
 * What {@code inspect} tells.
 *
 * @param facts that are known without running the network
 * @param kernels that run it on this machine
 * @param tree of its blocks, if they were to be looked at
 * @param check of the served form, if it was asked for
 */
record InspectReport(
        ModelFacts facts, String kernels, Optional<BlockTree> tree, Optional<CheckResult> check) {

    String toText() {
        return facts.toText()
                + "%-10s %s%n".formatted("kernels", kernels)
                + tree.map(BlockTree::toText).orElse("")
                + check.map(CheckResult::toText).orElse("");
    }

    String toJson() {
        ObjectNode json = facts.toJson();
        json.put("kernels", kernels);
        tree.ifPresent(known -> json.set("blocks", known.toJson()));
        check.ifPresent(known -> json.set("check", known.toJson()));
        return Json.indented(json);
    }
}
