package dev.iresnet.engine;

import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Where an engine gets other versions of its model while it works. Asked by one thread. */
public interface ModelSupply {
    /** The first model is the only one. */
    ModelSupply NONE =
            new ModelSupply() {
                @Override
                public Duration pause() {
                    return Duration.ZERO;
                }

                @Override
                public Optional<Model> next(ModelDescription current) {
                    return Optional.empty();
                }
            };

    /** Of a model that is not for clips. */
    ClipRule PICTURE = new ClipRule(1);

    /** From one question to the next; zero for not asking at all. */
    Duration pause();

    /**
     * The model that should serve now, loaded and warm, if it is another than {@code current}. The
     * caller closes it. May take minutes; frames flow meanwhile.
     *
     * @throws dev.iresnet.model.ModelException if it cannot be used. Thrown once for each such
     *     version, which is not tried again unless it changes; where memory was short it is tried
     *     again after some looks
     * @throws IOException if its store does not answer
     */
    Optional<Model> next(ModelDescription current) throws IOException, InterruptedException;

    /**
     * A version that this has supplied has failed while it labelled, and is not to be supplied
     * again for the time being. Called by the thread that asks.
     */
    default void failed(ModelDescription version, RuntimeException reason) {}

    /**
     * Whether an engine that is made anew would begin with another model, which cannot take the
     * place of the one that serves. As of the last look; thread-safe.
     */
    default boolean waitsForRestart() {
        return false;
    }

    /**
     * Crops and clips that are made for one model must do for the other, and consumers must get the
     * kind of result that the job began with.
     *
     * @throws ModelException if that is not so
     */
    static void mustFitInPlaceOf(ModelDescription current, ModelDescription next) {
        if (next.task() != current.task()) {
            throw new ModelException(
                    "%s version %d is a model for %s, and version %d, which is serving, for %s. A restart of the job would take it; give models for different tasks different names"
                            .formatted(
                                    next.name(),
                                    next.version(),
                                    next.task(),
                                    current.version(),
                                    current.task()));
        }
        if (!next.preprocessing().equals(current.preprocessing())) {
            throw new ModelException(
                    "%s version %d prepares pictures otherwise than version %d, which is serving: %s, not %s. A restart of the job would take it"
                            .formatted(
                                    next.name(),
                                    next.version(),
                                    current.version(),
                                    next.preprocessing(),
                                    current.preprocessing()));
        }
        ClipRule clip = next.clip().orElse(PICTURE);
        ClipRule serving = current.clip().orElse(PICTURE);
        if (clip.frames() != serving.frames() || clip.step() != serving.step()) {
            throw new ModelException(
                    "%s version %d takes clips of %d frames, one in %d of the camera's, and version %d, which is serving, of %d, one in %d. A restart of the job would take it"
                            .formatted(
                                    next.name(),
                                    next.version(),
                                    clip.frames(),
                                    clip.step(),
                                    current.version(),
                                    serving.frames(),
                                    serving.step()));
        }
    }
}
