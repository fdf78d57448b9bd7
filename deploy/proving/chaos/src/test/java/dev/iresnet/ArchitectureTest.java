package dev.iresnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.iresnet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.iresnet.chaos.(*)..").should().beFreeOfCycles();

    /** What breaks the job knows it by its interfaces to the outside: arguments, REST, Kafka. */
    @ArchTest
    static final ArchRule onlyTheModelAndItsJobTouchTheJob =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.chaos..")
                    .and()
                    .resideOutsideOfPackage("dev.iresnet.chaos.trouble..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.iresnet.event..",
                            "dev.iresnet.engine..",
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.inference..",
                            "dev.iresnet.operator..",
                            "dev.iresnet.kafka..",
                            "dev.iresnet.config..",
                            "dev.iresnet.job..");
}
