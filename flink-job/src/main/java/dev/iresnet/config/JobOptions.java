package dev.iresnet.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import dev.iresnet.event.KeyFormat;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.Precision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Every option of the job, in the order of the documentation, which is made from this table. */
final class JobOptions {
    private static final Duration DAY = Duration.ofDays(1);

    static final Option<String> BOOTSTRAP_SERVERS =
            text(
                    key("kafka.bootstrap.servers")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "Required. Kafka's brokers, `host:port` with commas between."));

    static final Option<String> INPUT_TOPICS =
            text(
                    key("input.topics")
                            .stringType()
                            .noDefaultValue()
                            .withDescription("Required. Topics of frames, with commas between."));

    static final Option<InputFormat> INPUT_FORMAT =
            choice(
                    key("input.format")
                            .enumType(InputFormat.class)
                            .defaultValue(InputFormat.IMAGE_EVENT)
                            .withDescription(
                                    "`image-event`: the value is an ImageEvent in Avro. `image`:"
                                            + " the value is a JPEG or PNG, the key the camera's name,"
                                            + " the record's timestamp the time of capture."));

    static final Option<KeyFormat> INPUT_KEY_FORMAT =
            choice(
                    key("input.key-format")
                            .enumType(KeyFormat.class)
                            .defaultValue(KeyFormat.TEXT)
                            .withDescription(
                                    "Only with `input.format: image`: how the key names the camera,"
                                            + " as Kafka's serializers write it. `text`: UTF-8."
                                            + " `int`, `long`: 4 and 8 bytes. `uuid`: 16 bytes or"
                                            + " text. `bytes`: any other, named in hex."));

    static final Option<String> INPUT_SCHEMAS =
            text(
                    key("input.schemas-path")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "An `.avsc` file, or a directory of them, where the job is"
                                            + " submitted: writer schemas of producers that are newer"
                                            + " than the job."));

    static final Option<String> INPUT_GROUP =
            text(
                    key("input.group-id")
                            .stringType()
                            .defaultValue("flink-iresnet")
                            .withDescription(
                                    "Consumer group, which also names the job's transactions: give"
                                            + " each job on a Kafka cluster one of its own and keep"
                                            + " it."));

    static final Option<StartingOffsets> INPUT_OFFSETS =
            choice(
                    key("input.starting-offsets")
                            .enumType(StartingOffsets.class)
                            .defaultValue(StartingOffsets.COMMITTED)
                            .withDescription(
                                    "Where a job without a checkpoint begins. `committed`: where"
                                            + " the group has left off, or at the earliest record."));

    static final Option<Integer> INPUT_IN_FLIGHT =
            integer(
                    key("input.max-in-flight")
                            .intType()
                            .defaultValue(128)
                            .withDescription(
                                    "Frames that a slot may have under way unanswered, which bounds"
                                            + " the wait at a checkpoint. It has fewer where decoding"
                                            + " them would take more than half of the checkpoint"
                                            + " timeout. Twice `batch.max-size` keeps"
                                            + " the device busy."),
                    1,
                    65_536);

    static final Option<MemorySize> INPUT_IN_FLIGHT_BYTES =
            new Option<>(
                    key("input.max-in-flight-bytes")
                            .memoryType()
                            .defaultValue(MemorySize.ofMebiBytes(64))
                            .withDescription(
                                    "Bytes of the records that a slot may have under way, which"
                                            + " bounds memory; a record that is larger goes alone."
                                            + " Slots times this and the largest record that the"
                                            + " input topics take must fit 0.75 of the task"
                                            + " manager's heap."),
                    "1 mb..512 gb",
                    size -> size.getMebiBytes() >= 1 && size.getBytes() <= 512L << 30);

    static final Option<String> OUTPUT_TOPIC =
            text(
                    key("output.topic")
                            .stringType()
                            .noDefaultValue()
                            .withDescription("Required. Topic of results."));

    static final Option<OutputFormat> OUTPUT_FORMAT =
            choice(
                    key("output.format")
                            .enumType(OutputFormat.class)
                            .defaultValue(OutputFormat.AVRO)
                            .withDescription(
                                    "LabeledResult in Avro's single-object encoding, or as a JSON"
                                            + " object."));

    static final Option<OutputFraming> OUTPUT_FRAMING =
            new Option<>(
                    key("output.framing")
                            .enumType(OutputFraming.class)
                            .noDefaultValue()
                            .withDescription(
                                    "What stands before a LabeledResult in Avro. By default"
                                            + " `confluent` (the schema's id) where"
                                            + " `schema-registry.url` is set, else `single-object`"
                                            + " (its fingerprint)."),
                    "single-object, confluent",
                    any -> true);

    static final Option<Compression> OUTPUT_COMPRESSION =
            choice(
                    key("output.compression")
                            .enumType(Compression.class)
                            .defaultValue(Compression.LZ4)
                            .withDescription("Of results."));

    static final Option<String> DEAD_LETTER_TOPIC =
            text(
                    key("dead-letter.topic")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "Topic of the records that cannot be labelled. By default the"
                                            + " input topic with `.dlq` behind it; required if there"
                                            + " are several input topics."));

    static final Option<Compression> DEAD_LETTER_COMPRESSION =
            choice(
                    key("dead-letter.compression")
                            .enumType(Compression.class)
                            .defaultValue(Compression.NONE)
                            .withDescription(
                                    "Of dead letters. Pictures do not compress any further."));

    static final Option<String> REGISTRY_URL =
            text(
                    key("schema-registry.url")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "A schema registry that speaks Confluent's REST protocol; of"
                                            + " several addresses, with commas between, the next is"
                                            + " asked when one does not answer. Events may then have"
                                            + " Confluent's framing or the single-object one."
                                            + " `schema-registry.ssl.*` are Kafka's `ssl.*`."));

    static final Option<String> REGISTRY_USER_INFO =
            text(
                    key("schema-registry.basic-auth.user-info")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "`user:password` for the registry, with the password, or all of"
                                            + " it, by reference: `job:${env:REGISTRY_PASSWORD}`."));

    static final Option<Boolean> REGISTRY_REGISTER =
            new Option<>(
                    key("schema-registry.register")
                            .booleanType()
                            .defaultValue(true)
                            .withDescription(
                                    "Whether the schema of results is registered at the start,"
                                            + " under the subject `<output.topic>-value`, or must be"
                                            + " there already."),
                    "true, false",
                    any -> true);

    static final Option<Duration> REGISTRY_PATIENCE =
            duration(
                    key("schema-registry.patience")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(1))
                            .withDescription(
                                    "How long a schema that is not known yet is asked for while the"
                                            + " registry does not give it, before its frames become"
                                            + " dead letters of code SCHEMA_UNREACHABLE. Less than"
                                            + " the checkpoint time-out, since a checkpoint waits"
                                            + " for frames under way. 0 waits for ever: frames"
                                            + " stay, and the input waits behind them."),
                    Duration.ZERO,
                    Duration.ofDays(30));

    static final Option<String> MODEL_PATH =
            text(
                    key("model.path")
                            .stringType()
                            .noDefaultValue()
                            .withDescription(
                                    "Required. A model as `iresnet import` makes it: the same path"
                                            + " on every task manager, or a URI of a file system that"
                                            + " Flink knows. `NAME/VERSION` is one version for good."
                                            + " `NAME` is the version that the file `NAME/PINNED`"
                                            + " names, else the highest that can be used, and is"
                                            + " watched."));

    static final Option<Precision> MODEL_PRECISION =
            choice(
                    key("model.precision")
                            .enumType(Precision.class)
                            .defaultValue(Precision.FLOAT32)
                            .withDescription(
                                    "Arithmetic of the convolutions. `bfloat16` is for CPUs that"
                                            + " have it (AVX-512), `float16` for GPUs: faster, and"
                                            + " scores differ in the second or third digit. Where it is"
                                            + " not to be had, the job says so and does not start."));

    static final Option<Duration> MODEL_WATCH_INTERVAL =
            new Option<>(
                    key("model.watch-interval")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(1))
                            .withDescription(
                                    "How often each task manager looks for another version of the"
                                            + " model, which then serves from the next batch on."
                                            + " 0 never looks."),
                    "0 s, or 1 s..1 d",
                    interval ->
                            interval.isZero()
                                    || (interval.compareTo(Duration.ofSeconds(1)) >= 0
                                            && interval.compareTo(DAY) <= 0));

    static final Option<Integer> BATCH_MAX_SIZE =
            integer(
                    key("batch.max-size")
                            .intType()
                            .defaultValue(32)
                            .withDescription("Frames a batch at most."),
                    1,
                    1024);

    static final Option<Duration> BATCH_MAX_DELAY =
            duration(
                    key("batch.max-delay")
                            .durationType()
                            .defaultValue(Duration.ZERO)
                            .withDescription(
                                    "How long a free device waits for a fuller batch. Zero does"
                                            + " not wait: batches then grow with the load alone. Of less"
                                            + " than a full one it takes all that is ready where a batch"
                                            + " hardly takes longer than a frame, as on a GPU, and half of"
                                            + " it where it takes as long as its frames one by one."),
                    Duration.ZERO,
                    Duration.ofMinutes(1));

    static final Option<Integer> DECODE_THREADS =
            integer(
                    key("decode.threads")
                            .intType()
                            .noDefaultValue()
                            .withDescription(
                                    "Threads of a task manager that decode pictures. By default"
                                            + " half its processors."),
                    1,
                    1024);

    static final Option<MemorySize> IMAGE_MAX_BYTES =
            new Option<>(
                    key("image.max-bytes")
                            .memoryType()
                            .defaultValue(MemorySize.ofMebiBytes(16))
                            .withDescription(
                                    "Largest picture, encoded or raw, that is looked at; larger"
                                            + " ones become dead letters."),
                    "1 byte..1 gb",
                    size -> size.getBytes() >= 1 && size.getBytes() <= 1 << 30);

    static final Option<Long> IMAGE_MAX_PIXELS =
            new Option<>(
                    key("image.max-pixels")
                            .longType()
                            .defaultValue(50_000_000L)
                            .withDescription(
                                    "Width times height of the largest picture that is decoded;"
                                            + " checked before memory is taken for it."),
                    "1..178000000",
                    pixels -> pixels >= 1 && pixels <= 178_000_000L);

    static final Option<Long> IMAGE_MAX_WORK =
            new Option<>(
                    key("image.max-work")
                            .longType()
                            .noDefaultValue()
                            .withDescription(
                                    "Work of the dearest picture that is decoded, counted from its"
                                            + " bytes: about 3 a pixel, and 1 for each sample that a"
                                            + " JPEG's scans go over. Dearer ones become dead letters"
                                            + " of code IMAGE_TOO_COMPLEX. By default 48 times"
                                            + " `image.max-pixels`: enough for twelve scans of the"
                                            + " largest picture. A slow core does 400 million a"
                                            + " second, and none may take longer than the checkpoint"
                                            + " timeout."),
                    "1000000..1000000000000",
                    work -> work >= 1_000_000 && work <= 1_000_000_000_000L);

    static final Option<JpegDecoding> IMAGE_JPEG_DECODING =
            choice(
                    key("image.jpeg-decoding")
                            .enumType(JpegDecoding.class)
                            .defaultValue(JpegDecoding.EXACT)
                            .withDescription(
                                    "How JPEG files are decoded that have more pixels than the model"
                                            + " sees. `exact`: all of them, so that crops are those"
                                            + " of the reference preprocessing, bit for bit."
                                            + " `scaled`: at 1/2, 1/4 or 1/8 of the size if that is"
                                            + " still enough; several times as fast for camera"
                                            + " frames. `iresnet evaluate --jpeg-decoding` shows"
                                            + " what it does to your model's labels."));

    static final Option<String> REFERENCES_ALLOWED =
            new Option<>(
                    key("references.allowed")
                            .stringType()
                            .defaultValue("")
                            .withDescription(
                                    "Directories whose pictures events may refer to,"
                                            + " `scheme://authority/path` with commas between, and"
                                            + " all below them: `s3://frames/gate`,"
                                            + " `file:///mnt/frames`. Flink must have a file system"
                                            + " for each scheme. Empty: events must have their"
                                            + " pictures in them."),
                    "empty, or directories such as s3://bucket/path",
                    any -> true);

    static final Option<Integer> REFERENCES_CONCURRENCY =
            integer(
                    key("references.concurrency")
                            .intType()
                            .defaultValue(16)
                            .withDescription(
                                    "Referenced pictures that a task manager reads at the same"
                                            + " time. Each has a thread; as many threads again may be"
                                            + " lost to reads that hang."),
                    1,
                    1024);

    static final Option<MemorySize> REFERENCES_MAX_MEMORY =
            new Option<>(
                    key("references.max-memory")
                            .memoryType()
                            .defaultValue(MemorySize.ofMebiBytes(64))
                            .withDescription(
                                    "Heap of a task manager for referenced pictures that are being"
                                            + " read or wait for a decoder, by the sizes that their"
                                            + " events say. At least `image.max-bytes`."),
                    "1 byte..1 tb",
                    size -> size.getBytes() >= 1 && size.getBytes() <= 1L << 40);

    static final Option<Duration> REFERENCES_TIMEOUT =
            duration(
                    key("references.timeout")
                            .durationType()
                            .defaultValue(Duration.ofSeconds(30))
                            .withDescription(
                                    "A read that takes longer is abandoned, and the picture is read"
                                            + " again on another thread."),
                    Duration.ofMillis(100),
                    Duration.ofHours(1));

    static final Option<Duration> REFERENCES_MAX_PAUSE =
            duration(
                    key("references.max-pause")
                            .durationType()
                            .defaultValue(Duration.ofSeconds(10))
                            .withDescription(
                                    "Longest pause before a store that has failed is asked again."
                                            + " Pauses begin at 100 ms and double."),
                    Duration.ofMillis(100),
                    Duration.ofHours(1));

    static final Option<Duration> REFERENCES_PATIENCE =
            duration(
                    key("references.patience")
                            .durationType()
                            .defaultValue(Duration.ZERO)
                            .withDescription(
                                    "How long a store that is down is waited for before its frames"
                                            + " become dead letters of code IMAGE_UNREACHABLE. 0"
                                            + " waits for ever: frames stay, and the input waits"
                                            + " behind them."),
                    Duration.ZERO,
                    Duration.ofDays(30));

    static final Option<Integer> DEVICE_THREADS =
            integer(
                    key("device.threads")
                            .intType()
                            .defaultValue(2)
                            .withDescription(
                                    "Batches on the device at the same time. Only a full one joins"
                                            + " another: under load two use the device better than"
                                            + " one, and take the memory of two."),
                    1,
                    64);

    static final Option<Integer> DEVICE_INTRA_OP =
            integer(
                    key("device.intra-op-threads")
                            .intType()
                            .defaultValue(0)
                            .withDescription(
                                    "CPU threads that compute one operation together; 0 takes as many"
                                            + " as the container may use cores. One pool for the"
                                            + " whole task manager."),
                    0,
                    1024);

    static final Option<Integer> DEVICE_INTER_OP =
            integer(
                    key("device.inter-op-threads")
                            .intType()
                            .defaultValue(0)
                            .withDescription(
                                    "CPU threads that run operations side by side; 0 takes as many as"
                                            + " the container may use cores."),
                    0,
                    1024);

    static final Option<DeviceKind> DEVICE_KIND =
            choice(
                    key("device.kind")
                            .enumType(DeviceKind.class)
                            .defaultValue(DeviceKind.AUTO)
                            .withDescription(
                                    "What a task manager computes on. `auto`: the GPU that Flink"
                                            + " assigns to it (`external-resources: gpu`) or that"
                                            + " `device.visible-gpus` names, and no other device; where"
                                            + " there is neither, what TensorFlow finds, but several"
                                            + " GPUs are refused. `gpu` fails"
                                            + " without one, `gpu-or-cpu` goes on with a warning."));

    static final Option<String> DEVICE_GPUS =
            new Option<>(
                    key("device.visible-gpus")
                            .stringType()
                            .defaultValue("")
                            .withDescription(
                                    "Index of the GPU that a task manager takes, where Flink"
                                            + " assigns none. A process takes one: start a task manager"
                                            + " for each."),
                    "empty, or an index such as 0",
                    gpu -> gpu.matches("|\\d{1,4}"));

    static final Option<Boolean> DEVICE_GPU_GROWTH =
            new Option<>(
                    key("device.gpu-memory-growth")
                            .booleanType()
                            .defaultValue(true)
                            .withDescription(
                                    "Take the GPU's memory as it is needed; otherwise nearly all of"
                                            + " it, or all up to the limit, at the start."),
                    "true, false",
                    any -> true);

    static final Option<MemorySize> DEVICE_GPU_MEMORY =
            new Option<>(
                    key("device.gpu-memory-limit")
                            .memoryType()
                            .defaultValue(MemorySize.ZERO)
                            .withDescription(
                                    "Memory that TensorFlow takes of the GPU at most, beside what"
                                            + " CUDA itself needs (some hundred megabytes). 0: all"
                                            + " there is."),
                    "0 bytes, or 64 mb..1 tb",
                    limit ->
                            limit.getBytes() == 0
                                    || (limit.getBytes() >= 64L << 20
                                            && limit.getBytes() <= 1L << 40));

    static final Option<Duration> DEVICE_HANG_TIMEOUT =
            new Option<>(
                    key("device.hang-timeout")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(2))
                            .withDescription(
                                    "A batch that is on the device for longer hangs: the task"
                                            + " manager's process is halted with exit code 86, for"
                                            + " Flink to replace it. Must be well above what a full"
                                            + " batch takes. 0 waits for ever."),
                    "0 s, or 1 s..1 d",
                    timeout ->
                            timeout.isZero()
                                    || (timeout.compareTo(Duration.ofSeconds(1)) >= 0
                                            && timeout.compareTo(DAY) <= 0));

    static final Option<Integer> LABELS_TOP_K =
            integer(
                    key("labels.top-k")
                            .intType()
                            .defaultValue(5)
                            .withDescription("Labels a result, best first."),
                    1,
                    10_000);

    static final Option<Double> LABELS_MIN_SCORE =
            new Option<>(
                    key("labels.min-score")
                            .doubleType()
                            .defaultValue(0.0)
                            .withDescription(
                                    "A result whose best score is lower has the status"
                                            + " LOW_CONFIDENCE; its labels are given all the same."),
                    "0..1",
                    score -> score >= 0 && score <= 1);

    static final Option<Duration> FRESHNESS_MAX_AGE =
            duration(
                    key("freshness.max-age")
                            .durationType()
                            .defaultValue(Duration.ZERO)
                            .withDescription(
                                    "Frames that are older, by their time of capture, when their"
                                            + " turn comes are shed, and so is, while the device"
                                            + " cannot take all frames at once, what a camera has"
                                            + " above its share of the frames in flight. 0 sheds"
                                            + " nothing. Leave it off for replays; the cameras'"
                                            + " clocks must be right."),
                    Duration.ZERO,
                    DAY);

    static final Option<StaleAnswer> FRESHNESS_STALE =
            choice(
                    key("freshness.stale")
                            .enumType(StaleAnswer.class)
                            .defaultValue(StaleAnswer.RESULT)
                            .withDescription(
                                    "What becomes of a frame that is shed. `result`: a result of"
                                            + " status STALE without labels. `dead-letter`: a dead"
                                            + " letter of code STALE, with the frame in it."));

    static final Option<Guarantee> DELIVERY_GUARANTEE =
            choice(
                    key("delivery.guarantee")
                            .enumType(Guarantee.class)
                            .defaultValue(Guarantee.EXACTLY_ONCE)
                            .withDescription(
                                    "`exactly-once`: read-committed consumers see a result when the"
                                            + " next checkpoint completes. `at-least-once`: they see it"
                                            + " at once, and after a failure again, under the same"
                                            + " event id."));

    static final Option<Duration> DELIVERY_TRANSACTION_TIMEOUT =
            duration(
                    key("delivery.transaction-timeout")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(15))
                            .withDescription(
                                    "After this time Kafka aborts a transaction, and what was in it"
                                            + " is lost. At least the longest time from one commit"
                                            + " to the next (twice the checkpoint time-out, Flink's"
                                            + " min-pause, more for tolerated failures) +"
                                            + " `delivery.longest-outage`, and at most the brokers'"
                                            + " `transaction.max.timeout.ms`."),
                    Duration.ofSeconds(10),
                    DAY);

    static final Option<Duration> DELIVERY_LONGEST_OUTAGE =
            duration(
                    key("delivery.longest-outage")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(10))
                            .withDescription(
                                    "The longest time that the job may be down, restarts included,"
                                            + " without losing what is in its transactions."),
                    Duration.ZERO,
                    DAY);

    static final Option<Duration> CHECKPOINT_INTERVAL =
            duration(
                    key("checkpoint.interval")
                            .durationType()
                            .defaultValue(Duration.ofSeconds(10))
                            .withDescription(
                                    "Used unless Flink's own `execution.checkpointing.interval` is"
                                            + " set. With `exactly-once` about the time until a result"
                                            + " is seen; each checkpoint costs a drain of the frames in"
                                            + " flight."),
                    Duration.ofMillis(100),
                    DAY);

    static final Option<Duration> CHECKPOINT_TIMEOUT =
            duration(
                    key("checkpoint.timeout")
                            .durationType()
                            .defaultValue(Duration.ofMinutes(2))
                            .withDescription(
                                    "Used unless Flink's own `execution.checkpointing.timeout` is"
                                            + " set."),
                    Duration.ofSeconds(1),
                    DAY);

    static final Option<Boolean> CHECK_AT_START =
            new Option<>(
                    key("kafka-checks.enabled")
                            .booleanType()
                            .defaultValue(true)
                            .withDescription(
                                    "Whether topics, sizes and time-outs are looked up in Kafka"
                                            + " before the job is submitted. Turn it off only where"
                                            + " the submitting machine may not describe topics and"
                                            + " brokers."),
                    "true, false",
                    any -> true);

    static final Option<MemorySize> CHECK_TAKEN_BYTES =
            new Option<>(
                    key("kafka-checks.max-message-bytes")
                            .memoryType()
                            .defaultValue(MemorySize.ofMebiBytes(1))
                            .withDescription(
                                    "Only where Kafka is not asked: the least `max.message.bytes`"
                                            + " of the job's topics. A frame that is within 12 kb of it"
                                            + " leaves its value out of its dead letter."),
                    "64 kb..1 gb",
                    size -> size.getKibiBytes() >= 64 && size.getBytes() <= 1 << 30);

    static final List<Option<?>> ALL =
            List.of(
                    BOOTSTRAP_SERVERS,
                    INPUT_TOPICS,
                    INPUT_FORMAT,
                    INPUT_KEY_FORMAT,
                    INPUT_SCHEMAS,
                    INPUT_GROUP,
                    INPUT_OFFSETS,
                    INPUT_IN_FLIGHT,
                    INPUT_IN_FLIGHT_BYTES,
                    OUTPUT_TOPIC,
                    OUTPUT_FORMAT,
                    OUTPUT_FRAMING,
                    OUTPUT_COMPRESSION,
                    DEAD_LETTER_TOPIC,
                    DEAD_LETTER_COMPRESSION,
                    REGISTRY_URL,
                    REGISTRY_USER_INFO,
                    REGISTRY_REGISTER,
                    REGISTRY_PATIENCE,
                    MODEL_PATH,
                    MODEL_PRECISION,
                    MODEL_WATCH_INTERVAL,
                    BATCH_MAX_SIZE,
                    BATCH_MAX_DELAY,
                    DECODE_THREADS,
                    IMAGE_MAX_BYTES,
                    IMAGE_MAX_PIXELS,
                    IMAGE_MAX_WORK,
                    IMAGE_JPEG_DECODING,
                    REFERENCES_ALLOWED,
                    REFERENCES_CONCURRENCY,
                    REFERENCES_MAX_MEMORY,
                    REFERENCES_TIMEOUT,
                    REFERENCES_MAX_PAUSE,
                    REFERENCES_PATIENCE,
                    DEVICE_THREADS,
                    DEVICE_INTRA_OP,
                    DEVICE_INTER_OP,
                    DEVICE_KIND,
                    DEVICE_GPUS,
                    DEVICE_GPU_GROWTH,
                    DEVICE_GPU_MEMORY,
                    DEVICE_HANG_TIMEOUT,
                    LABELS_TOP_K,
                    LABELS_MIN_SCORE,
                    FRESHNESS_MAX_AGE,
                    FRESHNESS_STALE,
                    DELIVERY_GUARANTEE,
                    DELIVERY_TRANSACTION_TIMEOUT,
                    DELIVERY_LONGEST_OUTAGE,
                    CHECKPOINT_INTERVAL,
                    CHECKPOINT_TIMEOUT,
                    CHECK_AT_START,
                    CHECK_TAKEN_BYTES);

    private JobOptions() {}

    private static Option<String> text(ConfigOption<String> option) {
        return new Option<>(option, "text", value -> !value.isBlank());
    }

    private static <E extends Enum<E>> Option<E> choice(ConfigOption<E> option) {
        E[] choices = option.defaultValue().getDeclaringClass().getEnumConstants();
        String allowed =
                Arrays.stream(choices).map(Object::toString).collect(Collectors.joining(", "));
        return new Option<>(option, allowed, any -> true);
    }

    private static Option<Integer> integer(ConfigOption<Integer> option, int least, int most) {
        return new Option<>(option, least + ".." + most, value -> value >= least && value <= most);
    }

    private static Option<Duration> duration(
            ConfigOption<Duration> option, Duration least, Duration most) {
        return new Option<>(
                option,
                Durations.text(least) + ".." + Durations.text(most),
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }
}
