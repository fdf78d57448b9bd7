package dev.iresnet.model.card;

/**
 * What the four numbers of a box are. x counts from the left, y from the top. The names are those
 * of KerasHub's {@code bounding_box_format}.
 */
public enum BoxFormat {
    /** Left, top, right, bottom, in pixels of the network's input. */
    XYXY(Order.XYXY, false),
    /** Top, left, bottom, right, in pixels of the network's input. */
    YXYX(Order.YXYX, false),
    /** Left, top, width, height, in pixels of the network's input. */
    XYWH(Order.XYWH, false),
    /** Centre, width, height, in pixels of the network's input. */
    CENTER_XYWH(Order.CENTER_XYWH, false),
    /** Left, top, right, bottom, 0..1 of the network's input. */
    REL_XYXY(Order.XYXY, true),
    /** Top, left, bottom, right, 0..1 of the network's input: TensorFlow's own. */
    REL_YXYX(Order.YXYX, true),
    /** Left, top, width, height, 0..1 of the network's input. */
    REL_XYWH(Order.XYWH, true),
    /** Centre, width, height, 0..1 of the network's input. */
    REL_CENTER_XYWH(Order.CENTER_XYWH, true);

    private final Order order;
    private final boolean relative;

    BoxFormat(Order order, boolean relative) {
        this.order = order;
        this.relative = relative;
    }

    public Order order() {
        return order;
    }

    /** Whether the unit is the side of the input, not a pixel of it. */
    public boolean isRelative() {
        return relative;
    }

    /** Which numbers there are, and in which order. */
    public enum Order {
        XYXY,
        YXYX,
        XYWH,
        CENTER_XYWH
    }
}
