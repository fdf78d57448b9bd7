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
            slices().matching("dev.iresnet.local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRunIsOnTop =
            noClasses()
                    .that()
                    .resideInAPackage("dev.iresnet.local.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.iresnet.local");
}
