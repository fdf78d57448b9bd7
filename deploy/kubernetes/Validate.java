import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;

/**
 * Validates a FlinkDeployment with the Flink Kubernetes Operator's own validator, which its webhook
 * and its reconciler call: {@code java -cp OPERATOR Validate.java deployment.yaml}. OPERATOR is the
 * class path of a build of the operator's sources, because no registry has its jar. Exit status: 0
 * accepted; 1 refused, and a line gives the reason.
 */
final class Validate {
    public static void main(String[] arguments) throws Exception {
        FlinkDeployment deployment =
                Serialization.unmarshal(
                        Files.readString(Path.of(arguments[0])), FlinkDeployment.class);
        var validator = new DefaultValidator(new FlinkConfigManager(new Configuration()));
        var refusal = validator.validateDeployment(deployment);
        System.out.println(refusal.map(why -> "refused: " + why).orElse("accepted"));
        System.exit(refusal.isPresent() ? 1 : 0);
    }
}
