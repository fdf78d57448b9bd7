package dev.iresnet.repository;

import dev.iresnet.decoding.fetch.StoreAnswer;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which version of a model serves: the one that the file {@code PINNED} names, else the
 * highest that can be used. A version that cannot be used is not tried again unless its files
 * change. While frames flow, a version is tried once its files have stood still from one look to
 * the next, so that half a copy is not taken for a broken model.
 *
 * <p>Used by one thread at a time: first the thread that starts the engine, then one of the
 * engine's own.
 */
public final class ModelRepository implements ModelSupply {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRepository.class);

    /** Makes a model of a version's directory: checked, loaded, warm. */
    @FunctionalInterface
    public interface Loader {
        /**
         * Loads.
         *
         * @throws ModelException if it cannot be used
         */
        Model load(Path version);
    }

    private final VersionStore store;
    private final Duration interval;
    private final Loader loader;
    private final Map<Long, ModelFiles> refused = new HashMap<>();
    private final Map<Long, ModelFiles> unfit = new HashMap<>();
    private final Map<Long, Shortage> shortages = new HashMap<>();
    private SortedMap<Long, ModelFiles> lastLook = new TreeMap<>();
    private @Nullable String refusedPin;
    private volatile boolean waitsForRestart;
    private boolean fixed;

    /**
     * Looks at nothing yet.
     *
     * @param location a model, {@code NAME}, or one version of it, {@code NAME/VERSION}, which then
     *     stays; a path of this machine or a URI of a file system that Flink knows
     * @param interval between two looks for another version; zero for none
     */
    public ModelRepository(String location, Duration interval, Loader loader) {
        this.store = VersionStore.at(location);
        this.interval = interval;
        this.loader = loader;
    }

    /**
     * The model to begin with. It falls back to lower versions where higher ones cannot be used,
     * and says so in the log.
     *
     * @throws ModelException if none can be used, or the store denies access; the message says why
     * @throws IOException if the store does not answer
     */
    public Model first() throws IOException {
        try {
            return begin();
        } catch (IOException e) {
            if (StoreAnswer.of(e) == StoreAnswer.DENIED) {
                throw new ModelException(
                        "The store of the model at %s denies access: give this job's account the right to list and read it (model.path): %s"
                                .formatted(store, e),
                        e);
            }
            throw e;
        }
    }

    private Model begin() throws IOException {
        lastLook = store.versions();
        fixed = store.isVersion() || lastLook.isEmpty();
        if (fixed) {
            try (LocalModel local = store.fetch()) {
                return loader.load(local.path());
            }
        }
        List<String> reasons = new ArrayList<>();
        for (long version : candidates()) {
            try {
                return load(version);
            } catch (RuntimeException e) {
                reasons.add(String.valueOf(e.getMessage()));
                LOG.error("Version {} of {} cannot be used", version, store, e);
            }
        }
        throw new ModelException(
                "No version of the model at %s can be used: %s"
                        .formatted(store, String.join("; ", reasons)));
    }

    @Override
    public Duration pause() {
        return fixed ? Duration.ZERO : interval;
    }

    @Override
    public Optional<Model> next(ModelDescription current) throws IOException {
        SortedMap<Long, ModelFiles> before = lastLook;
        lastLook = store.versions();
        shortages.replaceAll((version, shortage) -> shortage.afterALook());
        boolean waits = false;
        for (long version : candidates()) {
            if (version == current.version()) {
                break;
            }
            ModelFiles files = lastLook.get(version);
            waits |= files != null && files.equals(unfit.get(version));
            if (files != null
                    && files.equals(before.get(version))
                    && !files.equals(refused.get(version))
                    && !isResting(version)) {
                return Optional.of(loadInPlaceOf(current, version, files));
            }
        }
        waitsForRestart = waits;
        return Optional.empty();
    }

    /** Versions in the order of preference. */
    private List<Long> candidates() throws IOException {
        Optional<String> pin = store.pin();
        if (pin.isPresent()) {
            return pinned(pin.get());
        }
        refusedPin = null;
        List<Long> highestFirst = new ArrayList<>(lastLook.keySet());
        Collections.reverse(highestFirst);
        return highestFirst;
    }

    /** Complains of a pin that pins nothing once; then there is no candidate at all. */
    private List<Long> pinned(String pin) {
        for (long version : lastLook.keySet()) {
            if (Long.toString(version).equals(pin)) {
                refusedPin = null;
                return List.of(version);
            }
        }
        if (pin.equals(refusedPin)) {
            return List.of();
        }
        refusedPin = pin;
        throw new ModelException(
                "%s names version '%s', and there are %s: write one of them into it, or delete it"
                        .formatted(store.pinFile(), pin, lastLook.keySet()));
    }

    private Model loadInPlaceOf(ModelDescription current, long version, ModelFiles files)
            throws IOException {
        Model next = load(version);
        try {
            ModelSupply.mustFitInPlaceOf(current, next.description());
            return next;
        } catch (ModelException e) {
            next.close();
            refuse(version);
            // Consumers are to be told of another task: so that waits for somebody who submits it.
            if (next.description().task() == current.task()) {
                unfit.put(version, files);
                waitsForRestart = true;
            }
            throw e;
        }
    }

    private Model load(long version) throws IOException {
        try (LocalModel local = store.fetch(version)) {
            Model model = loader.load(local.path());
            shortages.remove(version);
            return model;
        } catch (DeviceMemoryException | OutOfMemoryError e) {
            rest(version);
            throw e;
        } catch (RuntimeException | LinkageError e) {
            refuse(version);
            throw e;
        }
    }

    @Override
    public boolean waitsForRestart() {
        return waitsForRestart;
    }

    @Override
    public void failed(ModelDescription version, RuntimeException reason) {
        if (reason instanceof DeviceMemoryException) {
            rest(version.version());
        } else {
            refuse(version.version());
        }
    }

    /** A want of memory says something about this moment, and nothing about the version. */
    private void rest(long version) {
        shortages.merge(version, Shortage.FIRST, (known, first) -> known.again());
    }

    private boolean isResting(long version) {
        Shortage shortage = shortages.get(version);
        return shortage != null && shortage.looksLeft() > 0;
    }

    private void refuse(long version) {
        ModelFiles files = lastLook.get(version);
        if (files != null) {
            refused.put(version, files);
        }
    }

    /**
     * A version that memory was short for. Each attempt takes minutes of cores from the model that
     * serves, so it rests for twice as many looks after each.
     *
     * @param rest looks that it rests for
     * @param looksLeft of these
     */
    private record Shortage(int rest, int looksLeft) {
        static final Shortage FIRST = new Shortage(2, 2);

        private static final int LONGEST = 64;

        Shortage afterALook() {
            return new Shortage(rest, Math.max(0, looksLeft - 1));
        }

        Shortage again() {
            int longer = Math.min(2 * rest, LONGEST);
            return new Shortage(longer, longer);
        }
    }
}
