package dev.iresnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.iresnet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNoStreamingPlatform =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..", "org.apache.kafka..", "org.apache.avro..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.iresnet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theNetworksAreDeclaredInPlainJava =
            classes()
                    .that()
                    .resideInAPackage("dev.iresnet.zoo..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("dev.iresnet.zoo..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule checkpointsAreReadWithoutNativeCode =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.weights..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.tensorflow..", "org.bytedeco..");

    @ArchTest
    static final ArchRule answersAreJudgedWithoutNativeCode =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.evaluation..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.tensorflow..", "org.bytedeco..");

    @ArchTest
    static final ArchRule theCommandIsOnTop =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.iresnet.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.iresnet.cli..", "picocli..");
}
