import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;

/**
 * Asks the Flink Kubernetes Operator's own validator, which its webhook and its reconciler call, about
 * a FlinkDeployment: {@code java -cp OPERATOR Validate.java deployment.yaml}. OPERATOR is the class path
 * of a build of its sources, as no registry has its jar. Exit status: 0 it is accepted; 1 it is not, and
 * a line says why.
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
