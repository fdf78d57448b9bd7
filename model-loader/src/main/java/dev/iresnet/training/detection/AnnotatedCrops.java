package dev.iresnet.training.detection;

import dev.iresnet.evaluation.TrueObject;
import dev.iresnet.evaluation.TrueObject.Rectangle;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.training.CropStore;
import dev.iresnet.training.Dataset;
import dev.iresnet.training.LabelledPicture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decoded pictures with the objects that are in them, by index in their store. */
final class AnnotatedCrops {
    private final CropStore store;
    private final List<List<TrueObject>> truth = new ArrayList<>();
    private final List<List<LabelledBox>> boxes = new ArrayList<>();
    private final Preprocessing rule;
    private final boolean all;

    private AnnotatedCrops(CropStore store, Preprocessing rule, boolean all) {
        this.store = store;
        this.rule = rule;
        this.all = all;
    }

    /**
     * Reads the pictures' headers for their sizes.
     *
     * @param dataset of the store
     * @param objects of each picture, in its pixels
     * @param rule of the network's inputs; the store's may be larger
     * @param all whether pictures without objects are learned from, too
     */
    static AnnotatedCrops of(
            CropStore store,
            Dataset dataset,
            List<List<TrueObject>> objects,
            Preprocessing rule,
            boolean all)
            throws IOException {
        AnnotatedCrops crops = new AnnotatedCrops(store, rule, all);
        Set<Integer> readable = new HashSet<>(store.readable());
        try (PicturePreprocessor sizes = new PicturePreprocessor(rule, DecodeLimits.DEFAULT)) {
            for (int i = 0; i < objects.size(); i++) {
                if (readable.contains(i)) {
                    EncodedImage picture = EncodedImage.read(dataset.pictures().get(i).path());
                    crops.add(objects.get(i), sizes.geometry(picture));
                } else {
                    crops.add(List.of(), CropGeometry.whole(rule));
                }
            }
        } catch (ImageException e) {
            throw new IOException("A picture changed while training began: " + e.getMessage(), e);
        }
        return crops;
    }

    private void add(List<TrueObject> objects, CropGeometry geometry) {
        truth.add(objects.stream().map(object -> moved(object, geometry)).toList());
        boxes.add(
                truth.get(truth.size() - 1).stream()
                        .filter(object -> !object.crowd())
                        .flatMap(object -> learned(object).stream())
                        .toList());
    }

    private static TrueObject moved(TrueObject object, CropGeometry geometry) {
        Rectangle box = object.box();
        return new TrueObject(
                object.index(),
                new Rectangle(
                        (box.x() - geometry.offsetX()) / geometry.scaleX(),
                        (box.y() - geometry.offsetY()) / geometry.scaleY(),
                        box.width() / geometry.scaleX(),
                        box.height() / geometry.scaleY()),
                object.ignored(),
                object.crowd());
    }

    private Optional<LabelledBox> learned(TrueObject object) {
        Rectangle box = object.box();
        return LabelledBox.clipped(
                object.index(),
                box.x() / rule.width(),
                box.y() / rule.height(),
                (box.x() + box.width()) / rule.width(),
                (box.y() + box.height()) / rule.height());
    }

    CropStore store() {
        return store;
    }

    /** What annotations say, in pixels of an input. */
    List<TrueObject> truth(int index) {
        return truth.get(index);
    }

    /** The same by the paths of the pictures that could be read. */
    Map<String, List<TrueObject>> annotated() {
        Map<String, List<TrueObject>> objects = new LinkedHashMap<>();
        Iterator<LabelledPicture> pictures = store.dataset().pictures().iterator();
        store.readable()
                .forEach(index -> objects.put(pictures.next().path().toString(), truth.get(index)));
        return objects;
    }

    /** What is learned: crowds are not. */
    List<LabelledBox> boxes(int index) {
        return boxes.get(index);
    }

    /** Indexes of the pictures that could be read and are learned from, ascending. */
    List<Integer> learnable() {
        return store.readable().stream()
                .filter(index -> all || !boxes.get(index).isEmpty())
                .toList();
    }

    /** Objects to learn of each class. */
    int[] objects(int classes) {
        int[] counts = new int[classes];
        learnable().forEach(index -> boxes.get(index).forEach(box -> counts[box.index()]++));
        return counts;
    }
}
