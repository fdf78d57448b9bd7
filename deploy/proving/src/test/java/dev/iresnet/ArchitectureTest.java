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
    static final ArchRule whatProvesKnowsNothingOfTheJob =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.tensorflow..",
                            "dev.iresnet.event..",
                            "dev.iresnet.engine..",
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.inference..",
                            "dev.iresnet.operator..",
                            "dev.iresnet.kafka..",
                            "dev.iresnet.config..",
                            "dev.iresnet.job..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.iresnet.proving.(*)..").should().beFreeOfCycles();
}
