package dev.iresnet.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tensors of a checkpoint are the network's, and what {@link dev.iresnet.zoo.NetworkBuilder}
 * calls them.
 *
 * <p>Wrappers put names before a network's keys: data-parallel training {@code module.}, {@code
 * torch.compile} {@code _orig_mod.}, a script whatever its field is called. So no list of them is
 * kept. The network is where a key ends in {@code layer1.0.conv1.weight}, or what that is called in
 * another {@link KeyScheme}, and whatever stands before it is its prefix. The same holds for the
 * dicts that the network lies in.
 *
 * @param byName key in its dict by the builder's name
 * @param dict index of the dict
 * @param notes sentences on what was chosen, for the user
 */
record NetworkKeys(Map<String, String> byName, int dict, List<String> notes) {
    /** A {@code Sequential} of a network's children: 0 conv1, 1 bn1, and the stages by number. */
    private static final Pattern FIRST_BLOCK_OF_SEQUENCE =
            Pattern.compile("(?:(.*)\\.)?(\\d{1,2})\\.0\\.conv1\\.weight");

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,2})\\.(.*)", Pattern.DOTALL);

    /** Copies of the network that training keeps beside it. */
    private static final Pattern AVERAGE =
            Pattern.compile("(?:.*[._])?(?:ema|swa|averaged?|shadow|teacher|momentum)(?:[._].*)?");

    /** What loss functions and measures keep. */
    private static final Pattern NO_LAYER =
            Pattern.compile(
                    "(?:criterion|loss|loss_fn|\\w*_loss|metrics?|(?:train|val|test)_\\w+)\\..*");

    /** For the message alone, where no network is found. */
    private static final Pattern USUAL_PREFIX =
            Pattern.compile("(?:(?:module|_orig_mod|model|net|backbone)\\.)+");

    /** Of a detector, beside its backbone. */
    private static final String DETECTOR = "additional_blocks.0.0.weight";

    private static final int DENSE = 2;

    /**
     * The tensors of a dict.
     *
     * @param place the keys that lead to it, joined by dots; empty for the outermost
     * @param ranks number of axes by key
     */
    record TensorDict(String place, Map<String, Integer> ranks) {}

    /**
     * Looks for the network.
     *
     * @param entry place and prefix of the one that the user wants, if given
     * @throws CheckpointException if there are several and none is preferred, or not that one
     */
    static NetworkKeys find(MappedFile file, List<TensorDict> dicts, Optional<String> entry) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < dicts.size(); i++) {
            addCandidates(dicts.get(i), i, all);
        }
        if (entry.isPresent()) {
            return all.stream()
                    .filter(candidate -> candidate.name().equals(entry.get()))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    file.refuse(
                                            "has no network at '%s'; it has %s"
                                                    .formatted(entry.get(), names(all))))
                    .keys(List.of());
        }
        return all.isEmpty() ? largest(dicts) : preferred(file, all);
    }

    private static NetworkKeys preferred(MappedFile file, List<Candidate> all) {
        if (all.size() == 1) {
            return all.get(0).keys(List.of());
        }
        List<Candidate> trained = all.stream().filter(c -> !c.isAverage()).toList();
        if (trained.size() != 1) {
            throw file.refuse(
                    "holds several networks: %s. Say which by --entry".formatted(names(all)));
        }
        List<Candidate> others = all.stream().filter(Candidate::isAverage).toList();
        return trained.get(0)
                .keys(
                        List.of(
                                "Took the network at '%s'; the file also has %s, for --entry"
                                        .formatted(trained.get(0).name(), names(others))));
    }

    private static String names(List<Candidate> candidates) {
        return candidates.isEmpty()
                ? "none that these families have"
                : String.join(
                        ", ", candidates.stream().limit(8).map(c -> "'" + c.name() + "'").toList());
    }

    private static void addCandidates(TensorDict dict, int index, List<Candidate> all) {
        Map<String, Integer> sequences = new TreeMap<>();
        for (String key : dict.ranks().keySet()) {
            for (KeyScheme scheme : KeyScheme.values()) {
                String first = scheme.firstBlock();
                if (key.equals(first) || key.endsWith("." + first)) {
                    String prefix = key.substring(0, key.length() - first.length());
                    all.add(new Candidate(dict, index, prefix, scheme, 0));
                }
            }
            Matcher matcher = FIRST_BLOCK_OF_SEQUENCE.matcher(key);
            if (matcher.matches()) {
                String prefix = matcher.group(1) == null ? "" : matcher.group(1) + ".";
                sequences.merge(prefix, Integer.parseInt(matcher.group(2)), Math::min);
            }
        }
        sequences.forEach(
                (prefix, first) -> {
                    boolean stem =
                            dict.ranks().getOrDefault(prefix + "0.weight", 0) >= 4
                                    && dict.ranks().containsKey(prefix + "1.running_mean");
                    if (stem && first > 1) {
                        all.add(new Candidate(dict, index, prefix, KeyScheme.AUTHORS, first));
                    }
                });
    }

    /** No network of these families was found: the message lists the dict with the most tensors. */
    private static NetworkKeys largest(List<TensorDict> dicts) {
        int largest = 0;
        for (int i = 1; i < dicts.size(); i++) {
            if (arrays(dicts.get(i)) >= arrays(dicts.get(largest))) {
                largest = i;
            }
        }
        List<String> keys = List.copyOf(dicts.get(largest).ranks().keySet());
        Matcher usual = USUAL_PREFIX.matcher(keys.get(0));
        String prefix = usual.lookingAt() ? usual.group() : "";
        boolean everywhere = keys.stream().allMatch(key -> key.startsWith(prefix));
        Map<String, String> byName = new LinkedHashMap<>();
        keys.forEach(key -> byName.put(everywhere ? key.substring(prefix.length()) : key, key));
        return new NetworkKeys(byName, largest, List.of());
    }

    private static long arrays(TensorDict dict) {
        return dict.ranks().values().stream().filter(rank -> rank > 0).count();
    }

    /**
     * A place in the file that a network begins at.
     *
     * @param index of the dict
     * @param prefix of the network's keys, with its last dot
     * @param scheme of the keys behind that
     * @param firstStage number of the first stage in a {@code Sequential}; 0 if it is called by
     *     name
     */
    private record Candidate(
            TensorDict dict, int index, String prefix, KeyScheme scheme, int firstStage) {

        String name() {
            String inner = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
            return dict.place() + (dict.place().isEmpty() || inner.isEmpty() ? "" : ".") + inner;
        }

        boolean isAverage() {
            return AVERAGE.matcher(name()).matches();
        }

        NetworkKeys keys(List<String> notes) {
            Map<String, String> byName = new LinkedHashMap<>();
            List<String> outside = new ArrayList<>();
            String around = detectorPrefix();
            for (String key : dict.ranks().keySet()) {
                if (key.startsWith(prefix)) {
                    byName.put(name(key.substring(prefix.length())), key);
                } else if (dict.ranks().getOrDefault(key, 0) > 0
                        && !NO_LAYER.matcher(key).matches()) {
                    outside.add(key);
                }
            }
            byName.keySet().removeIf(key -> NO_LAYER.matcher(key).matches());
            byName.remove("n_averaged");
            outside.forEach(
                    key ->
                            byName.put(
                                    byName.containsKey(key)
                                            ? key + " outside " + prefix
                                            : key.startsWith(around)
                                                    ? key.substring(around.length())
                                                    : key,
                                    key));
            return withHead(byName, notes);
        }

        /** What stands before the keys of a detector whose backbone this is; else empty. */
        private String detectorPrefix() {
            String around = prefix;
            while (!around.isEmpty() && !dict.ranks().containsKey(around + DETECTOR)) {
                around = around.substring(0, around.lastIndexOf('.', around.length() - 2) + 1);
            }
            return around;
        }

        private String name(String key) {
            Matcher numbered = NUMBERED.matcher(key);
            if (firstStage == 0 || !numbered.matches()) {
                return scheme.name(key);
            }
            int number = Integer.parseInt(numbered.group(1));
            String child =
                    number == 0
                            ? "conv1"
                            : number == 1 ? "bn1" : "layer" + (number - firstStage + 1);
            return number > 1 && number < firstStage ? key : child + "." + numbered.group(2);
        }

        /** A head of another name is the head if it is the one dense layer that there is. */
        private NetworkKeys withHead(Map<String, String> byName, List<String> notes) {
            List<String> dense =
                    byName.keySet().stream()
                            .filter(name -> name.endsWith(".weight"))
                            .filter(name -> dict.ranks().getOrDefault(byName.get(name), 0) == DENSE)
                            .toList();
            if (dense.size() != 1 || dense.get(0).equals("fc.weight")) {
                return new NetworkKeys(byName, index, notes);
            }
            String head = dense.get(0).substring(0, dense.get(0).length() - "weight".length());
            Map<String, String> renamed = new LinkedHashMap<>();
            byName.forEach(
                    (name, key) ->
                            renamed.put(
                                    name.startsWith(head)
                                            ? "fc." + name.substring(head.length())
                                            : name,
                                    key));
            List<String> more = new ArrayList<>(notes);
            more.add("Its head is " + head.substring(0, head.length() - 1));
            return new NetworkKeys(renamed, index, more);
        }
    }
}
