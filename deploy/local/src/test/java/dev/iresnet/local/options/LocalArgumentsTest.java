package dev.iresnet.local.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.DeliveryConfig;
import dev.iresnet.config.InputConfig;
import dev.iresnet.config.OutputConfig;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.local.wall.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class LocalArgumentsTest {

    private static final Demo.Bundle BUNDLE = new Demo.Bundle(Path.of("/product"));

    @Test
    void playsTheBundledFramesToTheBundledNetworkByDefault() {
        LocalOptions options = parse();

        assertThat(options.feeds()).isTrue();
        assertThat(options.serves()).isFalse();
        assertThat(options.ports().bind()).isEqualTo("127.0.0.1");
        assertThat(options.feed().frames()).isEqualTo(BUNDLE.frames(Demo.CIFAR10));
        assertThat(options.job().model()).isEqualTo(BUNDLE.model(Demo.CIFAR10));
        assertThat(options.job().guarantee()).isEqualTo(DeliveryConfig.Guarantee.EXACTLY_ONCE);
        assertThat(options.topics())
                .isEqualTo(new Topics("image-events", "labeled-results", "image-events.dlq"));
    }

    @Test
    void playsPhotographsToTheNetworkThatKnowsThem() {
        LocalOptions options = parse("--demo=photos");

        assertThat(options.feed())
                .isEqualTo(
                        new FeedOptions(
                                100, 4, 10, BUNDLE.frames(Demo.PHOTOS), false, Optional.empty()));
        assertThat(options.job().model()).isEqualTo(BUNDLE.model(Demo.PHOTOS));
        assertThat(parse("--demo=photos", "--frames=f", "--rate=3").feed())
                .isEqualTo(new FeedOptions(100, 4, 3, Path.of("f"), false, Optional.empty()));
    }

    @Test
    void makesClipsForTheNetworkThatTakesThem() {
        LocalOptions options = parse("--demo=video");

        assertThat(options.feed())
                .isEqualTo(
                        new FeedOptions(
                                576, 4, 40, BUNDLE.frames(Demo.VIDEO), true, Optional.empty()));
        assertThat(options.job().model()).isEqualTo(BUNDLE.model(Demo.VIDEO));
        assertThat(options.job().settings()).containsEntry("clip.enabled", "true");
        assertThat(parse("--demo=video", "--frames=f").feed().made()).isFalse();
        assertThat(parse().job().settings()).doesNotContainKey("clip.enabled");
    }

    @Test
    void playsCellsToTheDetectorThatKnowsThem() {
        LocalOptions options = parse("--demo=detection");

        assertThat(options.feed().frames()).isEqualTo(BUNDLE.frames(Demo.DETECTION));
        assertThat(options.job().model()).isEqualTo(BUNDLE.model(Demo.DETECTION));
    }

    @Test
    void keepsTheWallOpenOnATerminalUnlessToldOtherwise() {
        assertThat(parse().keepsWall(true)).isTrue();
        assertThat(parse().keepsWall(false)).isFalse();
        assertThat(parse("--exit").keepsWall(true)).isFalse();
        assertThat(parse("--no-wall").keepsWall(true)).isFalse();
    }

    @Test
    void readsEveryOption() {
        LocalOptions options =
                parse(
                        "--count=20 --cameras=3 --rate=7.5 --frames=f --manifest=m --model=d --guarantee=at-least-once --checkpoint-interval=250ms --input-format=image --output-format=json --set=batch.max-size=32 --set=top-k=3 --input=i --output=o --dead-letter=x --keep-running --json=j --port=9000 --wall-port=9001 --bind=192.0.2.7"
                                .split(" "));

        assertThat(options.feed().count()).isEqualTo(20);
        assertThat(options.feed().cameras()).isEqualTo(3);
        assertThat(options.feed().perSecond()).isEqualTo(7.5);
        assertThat(options.feed().frames()).isEqualTo(Path.of("f"));
        assertThat(options.feed().manifest()).contains(Path.of("m"));
        assertThat(options.job())
                .isEqualTo(
                        new JobChoices(
                                Path.of("d"),
                                DeliveryConfig.Guarantee.AT_LEAST_ONCE,
                                InputConfig.Format.IMAGE,
                                OutputConfig.Format.JSON,
                                Duration.ofMillis(250),
                                Map.of("batch.max-size", "32", "top-k", "3")));
        assertThat(options.topics()).isEqualTo(new Topics("i", "o", "x"));
        assertThat(options.keepRunning()).isTrue();
        assertThat(options.json()).contains(Path.of("j"));
        assertThat(options.ports())
                .isEqualTo(new Ports("192.0.2.7", "9000", Optional.of(PortRange.of(9001))));
    }

    @Test
    void servesUntilStoppedWithoutAFeed() {
        assertThat(parse("--count=0").serves()).isTrue();
        LocalOptions own = parse("--bootstrap-servers=kafka:9092", "--input=i");
        assertThat(own.serves()).isTrue();
        assertThat(own.feeds()).isFalse();
        assertThat(own.topics().deadLetter()).isEqualTo("i.dlq");
    }

    @ParameterizedTest
    @CsvSource({
        "--count=-1, --count must be 0 or more",
        "--cameras=0, --cameras must be 1..10000",
        "--rate=-1, --rate must be 0..1000000",
        "--rate=NaN, --rate must be 0..1000000",
        "--port=70000, --port must be 1..65535",
        "--wall-port=0, --wall-port must be 1..65535",
        "--no-wall --wall-port=9001, --wall-port and --no-wall exclude each other",
        "--output=image-events, topic must differ",
    })
    void namesTheOptionThatIsOutOfItsRange(String argument, String sentence) {
        assertThatThrownBy(() -> parse(argument.split(" ")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void takesTheFirstFreePortForTheWallUnlessThereIsToBeNone() {
        assertThat(parse().ports().wall()).contains(new PortRange(8182, 8281));
        assertThat(parse("--no-wall").ports().wall()).isEmpty();
    }

    @Test
    void refusesFeedOptionsBesideTheUsersOwnBroker() {
        assertThatThrownBy(() -> parse("--bootstrap-servers=kafka:9092", "--rate=5"))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("--rate is for the feed");
    }

    private static LocalOptions parse(String... arguments) {
        LocalArguments parsed = new LocalArguments(BUNDLE);
        return parsed.options(new CommandLine(parsed).parseArgs(arguments));
    }
}
