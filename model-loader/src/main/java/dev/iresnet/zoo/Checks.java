package dev.iresnet.zoo;

final class Checks {
    private Checks() {}

    static void range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be " + least + ".." + most + ", got " + value);
        }
    }
}
