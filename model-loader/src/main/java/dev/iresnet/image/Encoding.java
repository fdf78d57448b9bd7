package dev.iresnet.image;

/** How the bytes of a picture are laid out. */
public enum Encoding {
    /** Baseline or progressive JPEG; size is read from the file. */
    JPEG,
    /** PNG of any colour type; size is read from the file, alpha is dropped. */
    PNG,
    /** Raw, 3 bytes a pixel, rows without padding. */
    RGB,
    /** Raw, 3 bytes a pixel, rows without padding. */
    BGR,
    /** Raw, 1 byte a pixel, rows without padding. */
    GRAY,
    /** Raw YUV 4:2:0, a plane of Y, then one of interleaved U and V; even sides. */
    NV12,
    /** Raw YUV 4:2:0, planes of Y, U and V; even sides. */
    I420;

    /** Whether width and height must be known from elsewhere than the bytes. */
    public boolean isRaw() {
        return this != JPEG && this != PNG;
    }
}
