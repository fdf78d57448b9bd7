package dev.iresnet.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.local.process.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalDouble;
import org.apache.flink.api.common.JobID;

/** The job's own counters, read over Flink's REST interface. */
public final class JobMetrics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI job;

    public JobMetrics(URI restUrl, JobID job) {
        this.job = URI.create(restUrl + "/jobs/" + job);
    }

    /** Frames a batch, over all slots, since the tasks last started; empty before the first. */
    public OptionalDouble meanBatchSize() throws IOException {
        double batches = sum("iresnet.batches");
        return batches == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sum("iresnet.labelled") / batches);
    }

    /** Frames labelled since the tasks last started, as of the last time Flink asked them. */
    public long labelled() throws IOException {
        return (long) sum("iresnet.labelled");
    }

    private double sum(String suffix) throws IOException {
        double sum = 0;
        for (JsonNode vertex : get("").path("vertices")) {
            String metrics = "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (id.endsWith("." + suffix)) {
                    String query = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
                    sum += get(metrics + query).path(0).path("sum").asDouble();
                }
            }
        }
        return sum;
    }

    private JsonNode get(String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(job + path)).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(request.uri() + " answered " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            throw new StopSignal.StoppedException();
        }
    }
}
