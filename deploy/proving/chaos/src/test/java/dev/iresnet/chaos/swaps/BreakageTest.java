package dev.iresnet.chaos.swaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakageTest {
    private static final Path DEMO = Path.of("../../local/demo/models/cifar10-iresnet20/1");

    @TempDir Path place;

    @Test
    void aVersionThatIsPublishedIsWhole() throws IOException {
        LiveModel live = live();
        live.publish(DEMO, 7);

        assertThat(ModelDirectory.open(live.directory()).version()).isEqualTo(7);
        assertThat(ModelDirectory.open(live.directory()).digest())
                .isEqualTo(ModelDirectory.open(DEMO).digest());
    }

    @ParameterizedTest
    @EnumSource(
            value = Breakage.class,
            names = {"WEIGHT_CHANGED", "GRAPH_MISSING", "CARD_MISSING", "LABEL_TOO_MANY"})
    void whatIsSeenBeforeLoadingIsRefused(Breakage breakage) throws IOException {
        LiveModel live = live();
        live.publishBroken(DEMO, 7, breakage);

        assertThatThrownBy(() -> ModelDirectory.open(live.directory()))
                .isInstanceOf(ModelException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Breakage.class,
            names = {"GRAPH_CUT", "OTHER_SIZE"})
    void theSumsOfWhatOnlyLoadingCanTellFit(Breakage breakage) throws IOException {
        LiveModel live = live();
        live.publishBroken(DEMO, 7, breakage);

        assertThatCode(() -> ModelDirectory.open(live.directory())).doesNotThrowAnyException();
        assertThat(ModelDirectory.open(live.directory()).digest())
                .isNotEqualTo(ModelDirectory.open(DEMO).digest());
    }

    @Test
    void aPinComesAndGoes() throws IOException {
        LiveModel live = live();
        live.pin(3);
        assertThat(live.directory().resolve("PINNED")).hasContent("3");

        live.unpin();
        assertThat(live.directory().resolve("PINNED")).doesNotExist();
    }

    private LiveModel live() throws IOException {
        return new LiveModel(place.resolve("demo"), Files.createDirectory(place.resolve("aside")));
    }
}
