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
            slices().matching("dev.iresnet.benchmark.(*)..").should().beFreeOfCycles();

    /** Statistics are about numbers, wherever they come from. */
    @ArchTest
    static final ArchRule statisticsKnowNothingElse =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.benchmark.stat..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(
                            "dev.iresnet.benchmark.stat..", "java..", "org.jspecify..");

    /** What the product is held against must not lean on the product's own stream path. */
    @ArchTest
    static final ArchRule baselinesKnowNothingOfTheJob =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.benchmark.baseline..")
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
                            "dev.iresnet.job..",
                            "org.apache.flink..");
}
