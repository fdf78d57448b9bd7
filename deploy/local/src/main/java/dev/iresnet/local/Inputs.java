package dev.iresnet.local;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.proving.feed.PictureFolder;

import java.util.Optional;

/**
 * What the user gave, looked at.
 *
 * @param model to label with
 * @param pictures to play; empty where there is no feed
 */
record Inputs(ModelDirectory model, Optional<PictureFolder> pictures) {

    /** Stands for a broker that is not there yet, while the other options are checked. */
    private static final String NO_BROKER = "not-started-yet:9092";

    /**
     * Finds whatever can be known to be wrong before anything starts.
     *
     * @throws LocalException naming it
     */
    static Inputs check(LocalOptions options) {
        OutputFiles.require("--json", options.json());
        OutputFiles.require("--manifest", options.feed().manifest());
        var unused = LocalJob.config(options, NO_BROKER);
        return new Inputs(
                model(options.job()),
                options.feeds()
                        ? Optional.of(LocalFeed.pictures(options.feed().frames()))
                        : Optional.empty());
    }

    private static ModelDirectory model(JobChoices job) {
        try {
            return ModelDirectory.open(job.model());
        } catch (ModelException e) {
            throw new LocalException("--model: " + e.getMessage(), e);
        }
    }
}
