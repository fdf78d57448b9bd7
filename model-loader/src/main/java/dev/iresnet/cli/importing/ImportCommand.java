package dev.iresnet.cli.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.DetectionOptions;
import dev.iresnet.cli.option.Json;
import dev.iresnet.cli.option.LabelOption;
import dev.iresnet.cli.option.PreprocessingOptions;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelCard.Provenance;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.weights.Recogniser;
import dev.iresnet.weights.Recognition;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet import}: a checkpoint, or a SavedModel, becomes the next version of a model. */
@Command(
        name = "import",
        header = "Makes a servable model of a checkpoint or a SavedModel.",
        description = {
            "",
            "Reads weights that PyTorch (state_dict, or a training script's dict) or safetensors"
                    + " saved. Which network they belong to is read off their names and shapes:"
                    + " ResNet (torchvision's too), ResStage, iResNet, ResGroup, iResGroup, at any"
                    + " depth and width, their forms for clips (kenshohara's, torchvision's r3d_18"
                    + " and mc3_18, pytorchvideo's slow_r50), and SSD300 on them (NVIDIA's names,"
                    + " too). Where in the file they are and what stands before their names does"
                    + " not matter; what is no tensor is skipped, nothing is run.",
            "",
            "Of a SavedModel that Keras 3 or TensorFlow 2 wrote, a classifier or a detector, the"
                    + " signature is found out. One that could reach files or Python is refused.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet import resnet50.pth --output models/resnet50 --labels imagenet",
            "  iresnet import mine.pth --output models/mine --relu paper --input-size 32"
                    + " --resize stretch --labels mine.txt",
            "  iresnet import exported --output models/keras --input-range 0..255"
                    + " --labels mine.txt",
            "  iresnet import ssd/saved_model --output models/ssd --labels label_map.pbtxt"
                    + " --input-size 640 --min-score 0.3",
            "  iresnet import models/cells --weight-type int8 --output models/small-cells"
        })
public final class ImportCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Parameters(
            paramLabel = "FILE|DIR",
            description = "The checkpoint, or the directory of a SavedModel.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Directory of the model, whose last name is the model's; the next version,"
                            + " DIR/N, is written.")
    private Path output = Path.of("");

    @Option(
            names = "--relu",
            paramLabel = "authors|paper",
            description = {
                "Form of the shortcuts in staged networks: 'authors', as the paper's published code"
                        + " and weights, or 'paper', as it is drawn. A checkpoint does not tell.",
                "Default: authors."
            })
    private @Nullable ReluForm relu;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Which network it is, where several fit: resnet18, resstage18.")
    private @Nullable String name;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description =
                    "Of a checkpoint that holds several networks: the keys that lead to one,"
                            + " joined by dots, as model_ema.module.")
    private @Nullable String entry;

    @Option(
            names = "--expect",
            arity = "2",
            paramLabel = "NPY",
            description = {
                "Normalised images [N, 3, H, W], or clips [N, 3, T, H, W], and the logits"
                        + " [N, classes] that the network should give for them (of a detector"
                        + " [N, 4 + classes, boxes]), as NumPy saves them: picks the form that fits"
                        + " and prints its error."
            })
    private List<Path> expect = List.of();

    @Option(
            names = "--json",
            description =
                    "Print what was written as an object: path, network, reluForm, classes, model,"
                            + " weights."
                            + " What else there is to say goes to standard error.")
    private boolean json;

    @Mixin private LabelOption labels = new LabelOption();
    @Mixin private PreprocessingOptions preprocessing = new PreprocessingOptions();
    @Mixin private SavedModelOptions savedModel = new SavedModelOptions();
    @Mixin private DetectionOptions detection = new DetectionOptions();
    @Mixin private ClipImport clips = new ClipImport();
    @Mixin private WeightTypeOption weightType = new WeightTypeOption();

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(file)) {
            report(weightType.given() ? copied() : importSavedModel());
        } else if (savedModel.areGiven()) {
            throw usage(
                    "--signature, --input-range, --output-kind, --box-format and --first-class are for SavedModels");
        } else {
            importCheckpoint();
        }
        return 0;
    }

    private ModelDirectory copied() {
        return weightType.copy(file, output, detection, command());
    }

    private ModelDirectory importSavedModel() throws IOException {
        if (relu != null || !expect.isEmpty() || name != null || entry != null) {
            throw usage(
                    "--relu, --network, --entry and --expect are for checkpoints, "
                            + file
                            + " is a directory");
        }
        return new SavedModelImport(command(), out(), savedModel, preprocessing, labels, detection)
                .run(file, output);
    }

    private void importCheckpoint() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file, Optional.ofNullable(entry))) {
            checkpoint.notes().forEach(out()::println);
            Recognition found = Recogniser.recognise(file.toString(), checkpoint.shapes());
            ServedWeights read = ServedWeights.of(checkpoint, found);
            Recognition served = read.single() ? found.withClasses(2) : found;
            Preprocessing rule =
                    valid(() -> read.checked(preprocessing.rule(served.network()), file));
            Recognition recognition = valid(() -> clips.applied(served));
            WeightSource weights = clips.weights(recognition.network(), read);
            Network network = choose(recognition, read, weights);
            Provenance source =
                    new Provenance(String.valueOf(file.getFileName()), checkpoint.sha256());
            List<String> names = labels(checkpoint, network.architecture().classes());
            ModelCard card =
                    weightType.applied(ModelCard.of(network, names, rule, Optional.of(source)));
            ModelCard asked = detection.applied(card, file.toString(), command());
            report(ModelExporter.export(valid(() -> clips.applied(asked)), weights, output));
        }
    }

    private List<String> labels(Checkpoint checkpoint, int classes) throws IOException {
        List<String> own = checkpoint.labels();
        if (own.isEmpty() || labels.given().isPresent()) {
            return labels.labels(classes);
        }
        if (own.size() != classes) {
            out().printf(
                            "Its label_map names %d classes, the network has %d: it is left out%n",
                            own.size(), classes);
            return labels.labels(classes);
        }
        out().printf("Its label_map names the classes: %s, ...%n", own.get(0));
        return own;
    }

    private void report(ModelDirectory model) {
        Optional<Network> network = model.card().network();
        if (json) {
            ObjectNode object = Json.object().put("path", model.path().toString());
            network.ifPresent(
                    of ->
                            object.put("network", of.architecture().name())
                                    .put("reluForm", of.reluForm().name()));
            object.put("classes", model.card().labels().size());
            Json.putModel(object, model.description());
            object.put("weights", model.weightsDigest());
            command().getOut().println(Json.line(object));
        } else {
            String what = network.map(of -> ": " + FormChoice.name(of)).orElse("");
            out().printf(
                            "Wrote %s%s (digest %s, weights %s)%n",
                            model.path(), what, model.digest(), model.weightsDigest());
        }
    }

    private Network choose(Recognition recognition, ServedWeights read, WeightSource weights)
            throws IOException {
        List<Network> candidates =
                named(
                        FormChoice.candidates(
                                recognition,
                                relu == null
                                        ? List.of(ReluForm.AUTHORS, ReluForm.PAPER)
                                        : List.of(relu)));
        Network likeliest = candidates.get(0);
        out().printf(
                        "%s holds %s, %d classes%n",
                        file, likeliest.architecture().name(), likeliest.architecture().classes());
        boolean told = command().getParseResult().hasMatchedOption("--preprocessing");
        Assumptions.of(likeliest, read, expect.isEmpty(), told).forEach(out()::println);
        if (expect.isEmpty()) {
            candidates.subList(1, candidates.size()).forEach(this::mention);
            return likeliest;
        }
        Expectation expectation = expectation();
        Files.createDirectories(output);
        return new FormChoice(weights, out()).choose(candidates, expectation, output);
    }

    private List<Network> named(List<Network> candidates) {
        List<Network> named =
                candidates.stream()
                        .filter(of -> name == null || of.architecture().name().equals(name))
                        .toList();
        if (named.isEmpty()) {
            throw usage(
                    "--network %s: the names and shapes in %s fit %s"
                            .formatted(
                                    name,
                                    file,
                                    candidates.stream()
                                            .map(of -> of.architecture().name())
                                            .distinct()
                                            .toList()));
        }
        return named;
    }

    private void mention(Network other) {
        out().printf(
                        "It could as well be %s: --expect with an input and its logits tells%n",
                        FormChoice.name(other));
    }

    private Expectation expectation() throws IOException {
        try {
            return Expectation.read(expect.get(0), expect.get(1));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command(), message);
    }

    /** As text for users. */
    private PrintWriter out() {
        return json ? command().getErr() : command().getOut();
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
