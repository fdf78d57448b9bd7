package dev.iresnet.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * The GPUs that Flink has assigned to this task manager as its external resource {@code gpu}. All
 * operators of a task manager are told of the same ones.
 *
 * @param expected whether its configuration asks for any
 * @param indices as {@code nvidia-smi} counts, in order
 */
public record AssignedGpus(boolean expected, List<String> indices) {

    /** None, and none was asked for. */
    public static final AssignedGpus NONE = new AssignedGpus(false, List.of());

    private static final String RESOURCE = "gpu";

    /** What {@code GPUDriver}, Flink's own, calls it. */
    private static final String INDEX = "index";

    public AssignedGpus {
        indices = List.copyOf(indices);
    }

    static AssignedGpus of(RuntimeContext context) {
        List<String> indices = new ArrayList<>();
        for (ExternalResourceInfo gpu : context.getExternalResourceInfos(RESOURCE)) {
            indices.add(
                    gpu.getProperty(INDEX)
                            .orElseThrow(
                                    () ->
                                            new TaggingException(
                                                    "Flink's external resource gpu has no property"
                                                            + " index: its driver"
                                                            + " (external-resource.gpu.driver-factory.class)"
                                                            + " must be one that tells it, as Flink's"
                                                            + " GPUDriverFactory does")));
        }
        indices.sort(null);
        return new AssignedGpus(!indices.isEmpty() || isExpected(context), indices);
    }

    /** A driver that fails leaves nothing but a line in the log: Flink starts without it. */
    private static boolean isExpected(RuntimeContext context) {
        return context instanceof StreamingRuntimeContext streaming
                && streaming
                        .getTaskManagerRuntimeInfo()
                        .getConfiguration()
                        .getOptional(ExternalResourceOptions.EXTERNAL_RESOURCE_LIST)
                        .filter(resources -> resources.contains(RESOURCE))
                        .isPresent();
    }
}
