package dev.iresnet.proving.motion;

/**
 * The part of a photograph that a camera sees.
 *
 * @param x of its centre, in pixels of the photograph
 * @param y of its centre, in pixels of the photograph
 * @param scale pixels of the photograph for one of the frame
 * @param angle by which the camera is turned clockwise, radians
 */
record View(double x, double y, double scale, double angle) {

    /**
     * The view after a motion.
     *
     * @param amount of a pan pixels of the frame, of a zoom the logarithm of its factor, of a turn
     *     radians; 0 or more
     */
    View after(Motion motion, double amount) {
        return switch (motion) {
            case STILL -> this;
            case PAN_LEFT -> panned(-amount, 0);
            case PAN_RIGHT -> panned(amount, 0);
            case PAN_UP -> panned(0, -amount);
            case PAN_DOWN -> panned(0, amount);
            case ZOOM_IN -> new View(x, y, scale * Math.exp(-amount), angle);
            case ZOOM_OUT -> new View(x, y, scale * Math.exp(amount), angle);
            case TURN_LEFT -> new View(x, y, scale, angle - amount);
            case TURN_RIGHT -> new View(x, y, scale, angle + amount);
        };
    }

    private View panned(double right, double down) {
        return new View(seenX(right, down), seenY(right, down), scale, angle);
    }

    /** Where in the photograph a place of the frame is, which is told from the frame's centre. */
    double seenX(double right, double down) {
        return x + scale * (right * Math.cos(angle) - down * Math.sin(angle));
    }

    /** The same for the other axis. */
    double seenY(double right, double down) {
        return y + scale * (right * Math.sin(angle) + down * Math.cos(angle));
    }

    /** Whether a frame of this size shows nothing but the photograph. */
    boolean isInside(Photograph photograph, int width, int height) {
        for (int corner = 0; corner < 4; corner++) {
            double right = corner % 2 == 0 ? -width / 2.0 : width / 2.0;
            double down = corner / 2 == 0 ? -height / 2.0 : height / 2.0;
            double seenX = seenX(right, down);
            double seenY = seenY(right, down);
            if (seenX < 0
                    || seenY < 0
                    || seenX > photograph.width()
                    || seenY > photograph.height()) {
                return false;
            }
        }
        return true;
    }
}
