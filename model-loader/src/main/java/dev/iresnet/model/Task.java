package dev.iresnet.model;

/** What a model is for. */
public enum Task {
    /** Names what a picture shows: a score for each class. */
    CLASSIFICATION,
    /** Finds objects in a picture: boxes with a class and a score each. */
    DETECTION,
    /** Names what happens in a clip of a video: a score for each class. */
    VIDEO_CLASSIFICATION
}
