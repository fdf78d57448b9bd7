package dev.iresnet.engine;

/** Why a frame was not looked at. Names are a contract: metrics carry them. */
public enum ShedReason {
    /** It was older than {@code freshness.max-age} when its turn came. */
    AGE,
    /** Its camera had more than its share of the frames in flight. */
    SHARE
}
