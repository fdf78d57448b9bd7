package dev.iresnet.config;

/** What a record of the input topics is. */
public enum InputFormat {
    /** An {@code ImageEvent} in Avro. */
    IMAGE_EVENT("image-event"),
    /** A JPEG or PNG; the key is the camera, the timestamp the time of capture. */
    IMAGE("image");

    private final String text;

    InputFormat(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return text;
    }
}
