package dev.iresnet.proving.motion;

import java.util.Locale;

/** What a camera does during a clip. What it shows moves the other way. */
public enum Motion {
    STILL,
    PAN_LEFT,
    PAN_RIGHT,
    PAN_UP,
    PAN_DOWN,
    ZOOM_IN,
    ZOOM_OUT,
    /** The camera turns about its line of sight, anticlockwise as seen from behind it. */
    TURN_LEFT,
    /** The same, clockwise. */
    TURN_RIGHT;

    /** The name as a label: {@code pan left}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
