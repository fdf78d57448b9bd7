package dev.iresnet.local.wall;

/** Makes a stranger's text fit to be shown: short, on one line, of whole characters. */
final class DisplayText {

    /** Characters of a name or a message at most. */
    static final int MAX_LENGTH = 300;

    private static final String CUT = "…";

    private DisplayText() {}

    /**
     * The text with control characters as spaces and halves of characters as replacement signs, cut
     * after {@value #MAX_LENGTH} characters. Any other text comes back as it is.
     */
    static String of(String text) {
        String clean = clean(text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH));
        return text.length() <= MAX_LENGTH ? clean : clean + CUT;
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(DisplayText::fit).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int fit(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SURROGATE -> '\uFFFD';
            default -> character;
        };
    }
}
