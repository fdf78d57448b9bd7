package dev.iresnet.cli.option;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Stem;
import java.util.List;

/** Rules by which published weights were trained or measured, for inputs of 224. */
enum PublishedRule {
    /** torchvision's {@code IMAGENET1K_V1} weights, and those of the paper's authors. */
    TORCHVISION(256 / 224.0, Interpolation.BILINEAR),
    /** torchvision's {@code IMAGENET1K_V2} weights: {@code resize_size=232}. */
    TORCHVISION_V2(232 / 224.0, Interpolation.BILINEAR),
    /** timm's default, {@code models/resnet.py}: {@code crop_pct} 0.875, bicubic. */
    TIMM(1 / 0.875, Interpolation.BICUBIC),
    /** timm's {@code resnet*.a1_in1k} and its like: {@code crop_pct} 0.95, bicubic. */
    TIMM_A1(1 / 0.95, Interpolation.BICUBIC),
    /**
     * Keras' ResNet and VGG, {@code applications/imagenet_utils.py}, mode {@code caffe}: BGR,
     * 0..255 less the mean, not divided by anything. Keras does not say how pictures are resized.
     */
    KERAS_CAFFE(256 / 224.0, Interpolation.BILINEAR) {
        @Override
        List<Float> mean() {
            return List.of(123.68f / 255, 116.779f / 255, 103.939f / 255);
        }

        @Override
        List<Float> std() {
            return List.of(1 / 255f, 1 / 255f, 1 / 255f);
        }

        @Override
        ChannelOrder channelOrder() {
            return ChannelOrder.BGR;
        }
    },
    /** Clips of kenshohara's 3D-ResNets, with the mean and the deviation of Kinetics. */
    KENSHOHARA(1, Interpolation.BILINEAR) {
        @Override
        List<Float> mean() {
            return List.of(.4345f, .4051f, .3775f);
        }

        @Override
        List<Float> std() {
            return List.of(.2768f, .2713f, .2737f);
        }
    },
    /**
     * Clips of torchvision's {@code KINETICS400_V1} weights: 128x171, whatever the aspect ratio.
     */
    TORCHVISION_VIDEO(128 / 112.0, Interpolation.BILINEAR_NO_ANTIALIAS) {
        @Override
        String resize(int side) {
            return resizeTo(side) + "x" + Math.round(side * 171 / 112.0);
        }

        @Override
        List<Float> mean() {
            return List.of(.43216f, .394666f, .37645f);
        }

        @Override
        List<Float> std() {
            return List.of(.22803f, .22145f, .216989f);
        }
    },
    /** Clips of pytorchvideo's {@code slow_r50}. */
    PYTORCHVIDEO(1, Interpolation.BILINEAR) {
        @Override
        List<Float> mean() {
            return List.of(.45f, .45f, .45f);
        }

        @Override
        List<Float> std() {
            return List.of(.225f, .225f, .225f);
        }
    };

    private final double resize;
    private final Interpolation interpolation;

    PublishedRule(double resize, Interpolation interpolation) {
        this.resize = resize;
        this.interpolation = interpolation;
    }

    /** Shorter side before an input of {@code side} is cropped; timm rounds down. */
    int resizeTo(int side) {
        return interpolation == Interpolation.BICUBIC
                ? (int) Math.floor(side * resize + 1e-9)
                : (int) Math.round(side * resize);
    }

    /** As {@code --resize} takes it. */
    String resize(int side) {
        return Integer.toString(resizeTo(side));
    }

    /** Of a network for clips. */
    static PublishedRule ofClips(Architecture network) {
        if (ClipNetworks.isSlow(network)) {
            return PYTORCHVIDEO;
        }
        return network.backbone().stem().form() == Stem.Form.UNPOOLED
                ? TORCHVISION_VIDEO
                : KENSHOHARA;
    }

    Interpolation interpolation() {
        return interpolation;
    }

    List<Float> mean() {
        return Preprocessing.IMAGENET.mean();
    }

    List<Float> std() {
        return Preprocessing.IMAGENET.std();
    }

    ChannelOrder channelOrder() {
        return ChannelOrder.RGB;
    }

    /** For picocli. */
    static final class Name extends EnumName<PublishedRule> {
        Name() {
            super(values());
        }
    }
}
