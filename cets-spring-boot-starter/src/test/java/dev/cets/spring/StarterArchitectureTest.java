package dev.cets.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** There is no module descriptor here that would hold it. */
class StarterArchitectureTest {
  @Test
  void starter_internalsOfTheLibrary_areNeverUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.cets.codec..",
            "dev.cets.discovery..",
            "dev.cets.engine..",
            "dev.cets.node..",
            "dev.cets.replication..",
            "dev.cets.table..",
            "dev.cets.wire..",
            "io.netty..")
        .check(
            new ClassFileImporter()
                .importUrl(
                    CetsProperties.class.getProtectionDomain().getCodeSource().getLocation()));
  }
}
