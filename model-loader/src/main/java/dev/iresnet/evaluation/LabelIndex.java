package dev.iresnet.evaluation;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Finds the class that a directory of labelled pictures belongs to: it is named like the class's
 * label or, for labels that make no directory name or that several classes share, by its index.
 */
public final class LabelIndex {
    private static final int NAMED = 10;

    private final List<String> labels;
    private final Map<String, Integer> unique = new HashMap<>();

    /**
     * For the labels of a model.
     *
     * @param labels by class index
     */
    public LabelIndex(List<String> labels) {
        this.labels = List.copyOf(labels);
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            if (labels.indexOf(label) == labels.lastIndexOf(label)) {
                unique.put(label, i);
            }
        }
    }

    /**
     * The classes of directories.
     *
     * @return class index by directory
     * @throws UnknownLabelException naming all directories that stand for no class
     */
    public Map<String, Integer> classes(Collection<String> directories)
            throws UnknownLabelException {
        Map<String, Integer> classes = new TreeMap<>();
        Map<String, String> problems = new TreeMap<>();
        for (String directory : directories) {
            OptionalInt index = index(directory);
            if (index.isPresent()) {
                classes.put(directory, index.getAsInt());
            } else {
                problems.put(directory, problem(directory));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnknownLabelException(message(problems));
        }
        return classes;
    }

    private OptionalInt index(String directory) {
        Integer named = unique.get(directory);
        if (named != null) {
            return OptionalInt.of(named);
        }
        if (directory.matches("\\d{1,8}") && Integer.parseInt(directory) < labels.size()) {
            return OptionalInt.of(Integer.parseInt(directory));
        }
        return OptionalInt.empty();
    }

    private String problem(String directory) {
        return labels.contains(directory)
                ? "'%s' is the label of the classes %d and %d: name the directory by the index"
                        .formatted(
                                directory, labels.indexOf(directory), labels.lastIndexOf(directory))
                : "'" + directory + "'";
    }

    private String message(Map<String, String> problems) {
        List<String> named = problems.values().stream().limit(NAMED).toList();
        int left = problems.size() - named.size();
        return "Sub-directories must be named like the model's labels (%s) or by their index; not so: %s%s"
                .formatted(
                        String.join(", ", labels.subList(0, Math.min(NAMED, labels.size())))
                                + (labels.size() > NAMED ? ", …" : ""),
                        String.join(", ", named),
                        left > 0 ? " and " + left + " more" : "");
    }

    /** Directories of labelled pictures that do not fit the model's labels. */
    public static final class UnknownLabelException extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownLabelException(String message) {
            super(message);
        }
    }
}
