package dev.iresnet;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import dev.iresnet.tensorflow.Cpu;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that the build also runs as if this machine were an older one: see the executions {@code
 * guise-…} in the parent's pom. A guise whose instructions this CPU lacks is skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("guise")
@ExtendWith(Guise.CpuCanShowIt.class)
public @interface Guise {

    /** By the CPU's flags alone, so that nothing is skipped because it failed. */
    final class CpuCanShowIt implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String flag = System.getProperty("guise.flag");
            if (flag == null || Cpu.ofThisMachine().flags().contains(flag)) {
                return enabled("this CPU can show the guise");
            }
            String reason =
                    "skipped: the guise ONEDNN_MAX_CPU_ISA=%s needs %s, which this CPU (%s) lacks"
                            .formatted(
                                    System.getenv("ONEDNN_MAX_CPU_ISA"),
                                    flag,
                                    Cpu.ofThisMachine().model());
            System.out.println(context.getDisplayName() + " " + reason);
            return disabled(reason);
        }
    }
}
