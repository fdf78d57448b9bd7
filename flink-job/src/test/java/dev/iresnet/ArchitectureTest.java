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
            slices().matching("dev.iresnet.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsWithinPackagesFormNoCycleEither =
            slices().matching("dev.iresnet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingBelowTheOperatorKnowsAStreamingPlatform =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.iresnet.engine..",
                            "dev.iresnet.event..",
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.clip..",
                            "dev.iresnet.inference..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule theEngineKnowsModelsOnly =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.avro..",
                            "dev.iresnet.schemas..",
                            "dev.iresnet.event..",
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.clip..",
                            "dev.iresnet.inference..",
                            "dev.iresnet.operator..",
                            "dev.iresnet.kafka..");

    @ArchTest
    static final ArchRule resultsAreEncodedInTheSinks =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.clip..",
                            "dev.iresnet.inference..",
                            "dev.iresnet.operator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.avro..", "dev.iresnet.schemas..");

    @ArchTest
    static final ArchRule theOperatorKnowsNoKafka =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.operator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector..");

    @ArchTest
    static final ArchRule eventsComeBeforeTheEngineAndTheEngineBeforeFlink =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.event..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.iresnet.engine..",
                            "dev.iresnet.result..",
                            "dev.iresnet.decoding..",
                            "dev.iresnet.clip..",
                            "dev.iresnet.inference..",
                            "dev.iresnet.repository..",
                            "dev.iresnet.operator..",
                            "dev.iresnet.kafka..",
                            "dev.iresnet.job..");

    @ArchTest
    static final ArchRule theJobIsOnTop =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.iresnet.job..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.iresnet.job..");

    @ArchTest
    static final ArchRule theJobKnowsNoDemoAndNoFaults =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.iresnet.proving..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.iresnet.proving..", "dev.iresnet.local..");
}
