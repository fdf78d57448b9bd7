package dev.iresnet.config;

import dev.iresnet.event.ImageUri;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.Precision;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** The engine of a task manager. Equal configurations share an engine. */
public record EngineConfig(
        Models models,
        Batching batching,
        Decoding decoding,
        PictureReferences references,
        Device device,
        Labels labels,
        Freshness freshness)
        implements Serializable {

    /**
     * See {@code model.*}.
     *
     * @param path model directory, with or without version
     * @param precision of the convolutions
     * @param watchInterval zero for never
     */
    public record Models(String path, Precision precision, Duration watchInterval)
            implements Serializable {}

    /** See {@code batch.*}. */
    public record Batching(int maxSize, Duration maxDelay) implements Serializable {}

    /**
     * See {@code decode.*} and {@code image.*}.
     *
     * @param threads 0 for half the processors
     */
    public record Decoding(
            int threads, int maxBytes, long maxPixels, long maxWork, JpegDecoding jpeg)
            implements Serializable {

        public DecodeLimits limits() {
            return new DecodeLimits(maxBytes, maxPixels, maxWork);
        }
    }

    /**
     * See {@code references.*}.
     *
     * @param allowed directories of pictures; empty follows no reference
     * @param maxMemory bytes
     * @param patience zero for ever
     */
    public record PictureReferences(
            List<String> allowed,
            int concurrency,
            long maxMemory,
            Duration timeout,
            Duration maxPause,
            Duration patience)
            implements Serializable {
        public PictureReferences {
            allowed = List.copyOf(allowed);
        }

        /** Bytes of heap that pictures may take. */
        public long heap() {
            return allowed.isEmpty() ? 0 : maxMemory;
        }

        /** The directories, read. */
        public List<ImageUri> directories() {
            return allowed.stream().map(ImageUri::ofDirectory).toList();
        }
    }

    /**
     * See {@code device.*}.
     *
     * @param intraOpThreads 0 for the processors that the JVM may use
     * @param interOpThreads 0 for the same
     * @param gpu which one, if any
     * @param hangTimeout zero for never
     */
    public record Device(
            int threads, int intraOpThreads, int interOpThreads, Gpu gpu, Duration hangTimeout)
            implements Serializable {}

    /**
     * See {@code freshness.*}.
     *
     * @param maxAge zero for any
     */
    public record Freshness(Duration maxAge, StaleAnswer stale) implements Serializable {}

    /**
     * See {@code device.*}.
     *
     * @param index of the one to take; empty for the one that Flink assigns, or any
     * @param memoryGrowth take memory as it is needed
     * @param memoryLimit bytes; 0 for none
     */
    public record Gpu(DeviceKind kind, String index, boolean memoryGrowth, long memoryLimit)
            implements Serializable {}

    /** See {@code labels.*}. */
    public record Labels(int topK, double minScore) implements Serializable {}
}
