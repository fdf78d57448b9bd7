package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays the layers of a {@link Head.Ssd} behind a backbone, under the keys of NVIDIA's checkpoints.
 *
 * @param <T> see {@link Layers}
 */
final class SsdBuilder<T> {
    /** Extra blocks of stride 2; the later ones have no padding instead. */
    private static final int HALVING = 3;

    private static final int OFFSETS = 4;

    private final Head.Ssd head;
    private final Layers<T> nn;

    SsdBuilder(Head.Ssd head, Layers<T> layers) {
        this.head = head;
        this.nn = layers;
    }

    /** Offsets [N,4,boxes] and logits [N,classes + 1,boxes], the background's first. */
    List<T> outputs(T features) {
        List<T> maps = maps(features);
        return List.of(
                predicted("offsets", "loc.", maps, OFFSETS),
                predicted("logits", "conf.", maps, head.classes() + 1));
    }

    private List<T> maps(T features) {
        List<T> maps = new ArrayList<>(List.of(features));
        T x = features;
        for (int k = 0; k < head.extras().size(); k++) {
            Head.Extra extra = head.extras().get(k);
            String name = "additional_blocks." + k + ".";
            Window kernel = Window.square(3);
            Convolution second =
                    k < HALVING
                            ? Convolution.plain(kernel, extra.filters(), Window.square(2))
                            : Convolution.unpadded(kernel, extra.filters());
            x = layer(name, 0, x, Convolution.pointwise(extra.squeeze(), Window.ONE));
            x = layer(name, 3, x, second);
            maps.add(x);
        }
        return maps;
    }

    /** Convolution, norm and ReLU are three in a row of PyTorch's Sequential. */
    private T layer(String block, int at, T x, Convolution convolution) {
        T y = nn.norm(block + (at + 1), nn.conv(block + at, x, convolution));
        return nn.relu(block + (at + 2), y);
    }

    private T predicted(String name, String key, List<T> maps, int values) {
        List<T> each = new ArrayList<>();
        for (int k = 0; k < maps.size(); k++) {
            int kinds = head.boxes().maps().get(k).kinds();
            each.add(nn.predictor(key + k, maps.get(k), kinds * values));
        }
        return nn.boxes(name, each, values);
    }
}
