package dev.iresnet.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a picture is kept, or the directory of such pictures: a URI of the strictest kind, so that
 * nobody behind can read it differently. Nothing is decoded, folded or normalised: a text that
 * would need it is refused. So two of these name the same place only if they are equal.
 *
 * @param scheme lower case
 * @param authority bucket, host or account, as written; may be empty
 * @param path begins with '/', has no empty part and none of '.' or '..'; '/' alone is the root
 */
public record ImageUri(String scheme, String authority, String path) {
    /**
     * Longest text and longest part between two slashes, in characters. What is longer no store can
     * hold, and some say so as if they were broken: then it would be waited for.
     */
    static final int MAX_LENGTH = 1024;

    static final int MAX_PART_LENGTH = 255;

    private static final Pattern SHAPE =
            Pattern.compile(
                    "([a-z][a-z0-9+.-]{0,30}+):(?://([A-Za-z0-9._~@:-]*+))?"
                            + "(/[A-Za-z0-9._~!$&'()*+,;=:@/-]*+)");

    private static final String ROOT = "/";

    /**
     * Reads the address of a picture.
     *
     * @throws IllegalArgumentException with what is wrong, fit to follow the text
     */
    public static ImageUri ofPicture(String text) {
        ImageUri uri = parse(text);
        if (uri.path.endsWith(ROOT)) {
            throw new IllegalArgumentException("ends as a directory does");
        }
        return uri;
    }

    /**
     * Reads the address of a directory, with or without a slash at its end.
     *
     * @throws IllegalArgumentException with what is wrong, fit to follow the text
     */
    public static ImageUri ofDirectory(String text) {
        int authorityAt = text.indexOf("://") + 3;
        boolean bare = authorityAt > 3 && text.indexOf('/', authorityAt) < 0;
        ImageUri uri = parse(bare ? text + ROOT : text);
        if (uri.authority.matches("[^@]*:[^@]*@.*")) {
            throw new IllegalArgumentException("has a password in it");
        }
        if (uri.scheme.equals("file") && uri.path.equals(ROOT)) {
            throw new IllegalArgumentException("is the whole machine; name a directory");
        }
        return uri.path.endsWith(ROOT) && !uri.path.equals(ROOT)
                ? new ImageUri(
                        uri.scheme, uri.authority, uri.path.substring(0, uri.path.length() - 1))
                : uri;
    }

    /** Whether {@code picture} is somewhere below this directory. */
    public boolean contains(ImageUri picture) {
        return scheme.equals(picture.scheme)
                && authority.equals(picture.authority)
                && picture.path.startsWith(path.equals(ROOT) ? ROOT : path + ROOT);
    }

    /** Scheme and authority: what is up or down as one. */
    public String store() {
        return scheme + "://" + authority;
    }

    @Override
    public String toString() {
        return store() + path;
    }

    private static ImageUri parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "has %d characters, more than %d".formatted(text.length(), MAX_LENGTH));
        }
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "is not scheme://authority/path with a lower-case scheme and, in its path,"
                            + " letters, digits and -._~!$&'()*+,;=:@ only; nothing may be"
                            + " percent-encoded");
        }
        String authority = matcher.group(2) == null ? "" : matcher.group(2);
        if (matcher.group(1).equals("file") && !authority.isEmpty()) {
            throw new IllegalArgumentException("names a host, which file: does not have");
        }
        checkParts(matcher.group(3));
        return new ImageUri(matcher.group(1), authority, matcher.group(3));
    }

    private static void checkParts(String path) {
        String[] parts = path.split(ROOT, -1);
        // The first is what stands before the leading slash, the last what follows a trailing one.
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].length() > MAX_PART_LENGTH) {
                throw new IllegalArgumentException(
                        "has a part of more than %d characters".formatted(MAX_PART_LENGTH));
            }
            if (parts[i].equals(".") || parts[i].equals("..") || (parts[i].isEmpty() && !last)) {
                throw new IllegalArgumentException("has an empty part, '.' or '..' in its path");
            }
        }
    }
}
