package dev.iresnet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code iresnet networks}: what the paper compares, and what each costs. */
@Command(
        name = "networks",
        header = "Lists the networks of the paper with their cost.",
        description = {
            "",
            "Parameters and multiply-accumulates are counted off the declarations, for 224x224"
                    + " pixels and 1000 classes. 'vs ResNet' compares parameters with the ResNet of"
                    + " the same depth. Top-1 is what the paper reports for ImageNet (224 centre"
                    + " crop).",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  iresnet networks", "  iresnet networks --json"})
final class NetworksCommand implements Callable<Integer> {
    private static final int SIDE = 224;

    /** Tables 1 and 2 of the paper, percent. */
    private static final Map<String, Double> PUBLISHED_TOP1 =
            Map.of(
                    "resnet50", 76.12,
                    "resnet101", 78.00,
                    "resnet152", 78.45,
                    "resnet200", 77.55,
                    "iresnet50", 77.31,
                    "iresnet101", 78.64,
                    "iresnet152", 79.34,
                    "iresnet200", 79.48);

    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Option(names = "--json", description = "A JSON object a line, for machines.")
    private boolean json;

    /** A network and its cost. */
    private record Row(Architecture network, long parameters, long macs, double versusResNet) {
        static Row of(Architecture network) {
            Inventory inventory = Inventory.of(network, SIDE);
            long resnet =
                    Inventory.of(Networks.imageNet(Family.RESNET, network.depth()), SIDE)
                            .parameters();
            long own = inventory.parameters();
            return new Row(network, own, inventory.macs(), 100.0 * own / resnet - 100);
        }

        Optional<Double> top1() {
            return Optional.ofNullable(PUBLISHED_TOP1.get(network.name()));
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Row> rows =
                Networks.imageNet().stream()
                        .sorted(Comparator.comparingInt(Architecture::depth))
                        .map(Row::of)
                        .toList();
        if (json) {
            for (Row row : rows) {
                out.println(json(row));
            }
        } else {
            out.printf(
                    "%-18s %5s %13s %10s %16s %7s%n",
                    "name", "depth", "parameters", "vs ResNet", "MACs", "top-1");
            rows.forEach(row -> out.println(text(row)));
        }
        out.flush();
        return 0;
    }

    private static String text(Row row) {
        return String.format(
                Locale.ROOT,
                "%-18s %5d %,13d %+9.2f%% %,16d %7s",
                row.network.name(),
                row.network.depth(),
                row.parameters,
                row.versusResNet,
                row.macs,
                row.top1().map(top1 -> String.format(Locale.ROOT, "%.2f", top1)).orElse(""));
    }

    private static String json(Row row) {
        ObjectNode node =
                Json.object()
                        .put("name", row.network.name())
                        .put("depth", row.network.depth())
                        .put("parameters", row.parameters)
                        .put("parametersVersusResNetPercent", row.versusResNet)
                        .put("macs", row.macs);
        row.top1().ifPresent(top1 -> node.put("publishedTop1Percent", top1));
        return Json.line(node);
    }
}
