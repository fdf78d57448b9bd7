package dev.iresnet.local;

import dev.iresnet.local.cluster.LocalJob;
import dev.iresnet.local.options.FeedOptions;
import dev.iresnet.local.options.JobChoices;
import dev.iresnet.local.options.LocalOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.WorkDirectory;
import dev.iresnet.local.trial.LocalFeed;
import dev.iresnet.local.trial.MadeClips;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.motion.Photograph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model and the pictures that the user gave, checked.
 *
 * @param model to label with
 * @param pictures to play; empty where there is no feed, or they are made when it begins
 * @param photographs that clips are made of; empty where none are
 */
record Inputs(
        ModelDirectory model, Optional<PictureFolder> pictures, List<Photograph> photographs) {

    /** In place of a broker that is not started yet, while the other options are checked. */
    private static final String NO_BROKER = "not-started-yet:9092";

    /**
     * Finds whatever can be known to be wrong before anything starts.
     *
     * @throws LocalException naming it
     */
    static Inputs check(LocalOptions options) {
        requireWritable("--json", options.json());
        requireWritable("--manifest", options.feed().manifest());
        var unused = LocalJob.config(options, NO_BROKER);
        ModelDirectory model = model(options.job());
        FeedOptions feed = options.feed();
        if (!options.feeds()) {
            return new Inputs(model, Optional.empty(), List.of());
        }
        if (feed.made()) {
            return new Inputs(model, Optional.empty(), MadeClips.photographs(feed));
        }
        boolean clips = model.card().clip().isPresent();
        return new Inputs(model, Optional.of(LocalFeed.pictures(feed.frames(), clips)), List.of());
    }

    /** The same with the clips made, where they are. */
    Inputs made(WorkDirectory work) {
        return photographs.isEmpty()
                ? this
                : new Inputs(
                        model,
                        Optional.of(MadeClips.write(photographs, work.directory("clips"))),
                        List.of());
    }

    private static ModelDirectory model(JobChoices job) {
        try {
            return ModelDirectory.open(job.model());
        } catch (ModelException e) {
            throw new LocalException("--model: " + e.getMessage(), e);
        }
    }

    /**
     * Looks at a file that is written at the end, before minutes have gone into the run.
     *
     * @throws LocalException if the file cannot be written
     */
    private static void requireWritable(String option, Optional<Path> file) {
        file.ifPresent(path -> requireWritable(option, path.toAbsolutePath()));
    }

    private static void requireWritable(String option, Path file) {
        Path parent = file.getParent();
        if (Files.isDirectory(file)) {
            throw new LocalException("%s: %s is a directory".formatted(option, file));
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw new LocalException("%s: there is no directory %s".formatted(option, parent));
        }
        if (!Files.isWritable(Files.exists(file) ? file : parent)) {
            throw new LocalException("%s: %s cannot be written".formatted(option, file));
        }
    }
}
