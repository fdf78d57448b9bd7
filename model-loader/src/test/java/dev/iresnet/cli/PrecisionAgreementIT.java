package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The bundled model in bfloat16 against itself in float32, on all pictures below {@code
 * -Diresnet.pictures=DIR}, CIFAR-10's 10,000 test images for example. Loading fails where the
 * kernels of the precision would not run.
 */
@Tag("heavy")
class PrecisionAgreementIT {
    private static final Path MODEL = Path.of("../deploy/local/demo/models/cifar10-iresnet20");
    private static final String PICTURES = System.getProperty("iresnet.pictures", "");
    private static final int BATCH = 64;

    @Test
    void bfloat16NamesTheSameClassIn995OfAThousand() throws IOException, ImageException {
        assumeThat(PICTURES).as("-Diresnet.pictures").isNotEmpty();
        assumeThat(Files.readString(Path.of("/proc/cpuinfo"))).contains("avx512_bf16");
        int equal = 0;
        int all = 0;
        try (Model exact = ModelLoader.load(MODEL, new LoadOptions(BATCH));
                Model rounded =
                        ModelLoader.load(MODEL, new LoadOptions(BATCH, Precision.BFLOAT16))) {
            List<Sample> crops = crops(exact.description().preprocessing());
            for (int from = 0; from < crops.size(); from += BATCH) {
                List<Sample> batch = crops.subList(from, Math.min(crops.size(), from + BATCH));
                equal += equalTops(exact.predict(batch), rounded.predict(batch));
                all += batch.size();
            }
        }
        System.out.printf("bfloat16 agrees with float32 on %d of %d pictures%n", equal, all);
        assertThat(all).isPositive();
        assertThat(equal).isGreaterThanOrEqualTo((int) Math.ceil(0.995 * all));
    }

    private static int equalTops(List<Prediction> one, List<Prediction> other) {
        int equal = 0;
        for (int row = 0; row < one.size(); row++) {
            equal += one.get(row).scores().top(1)[0] == other.get(row).scores().top(1)[0] ? 1 : 0;
        }
        return equal;
    }

    private static List<Sample> crops(Preprocessing rule) throws IOException, ImageException {
        List<Sample> crops = new ArrayList<>();
        try (Preprocessor preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT);
                Stream<Path> files = Files.walk(Path.of(PICTURES))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
                ByteBuffer jpeg = ByteBuffer.wrap(Files.readAllBytes(file));
                EncodedImage image = EncodedImage.compressed(Encoding.JPEG, jpeg);
                crops.add(new Sample(crop, preprocessor.crop(image, crop)));
            }
        }
        return crops;
    }
}
