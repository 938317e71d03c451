package dev.cets.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A write flows one way, and what is pure stays pure. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = imported();

  private static JavaClasses imported() {
    if (LoggerFactory.getLogger("com.tngtech.archunit") instanceof Logger logger) {
      logger.setLevel(Level.WARN); // a line for each class otherwise
    }
    return new ClassFileImporter().importPath(MainClasses.path());
  }

  /** The pure part: the protocol, its bytes, and the store that it fills. */
  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage("dev.cets.replication", "dev.cets.wire")
          .or(
              HasName.Predicates.nameMatching(
                  "dev\\.cets\\.table\\.(SetStore|OrderedStore|BagStore|KeyOrder|Element|Buckets|Entry)(\\$.*)?"))
          .as("the pure part");

  @Test
  void packages_ofTheLibrary_dependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy("dev.cets")
        .layer("node")
        .definedBy("dev.cets.node")
        .layer("table")
        .definedBy("dev.cets.table")
        .layer("discovery")
        .definedBy("dev.cets.discovery")
        .layer("codec")
        .definedBy("dev.cets.codec")
        .layer("replication")
        .definedBy("dev.cets.replication")
        .layer("wire")
        .definedBy("dev.cets.wire")
        .layer("engine")
        .definedBy("dev.cets.engine")
        .layer("security")
        .definedBy("dev.cets.security")
        .layer("files")
        .definedBy("dev.cets.files")
        .layer("spi")
        .definedBy("dev.cets.spi")
        .whereLayer("api")
        .mayOnlyAccessLayers("node", "table", "discovery", "codec", "replication", "spi")
        .whereLayer("node")
        .mayOnlyAccessLayers("table", "discovery", "replication", "engine", "spi")
        .whereLayer("table")
        .mayOnlyAccessLayers("replication", "wire", "spi")
        .whereLayer("discovery")
        .mayOnlyAccessLayers("spi")
        .whereLayer("codec")
        .mayOnlyAccessLayers("spi")
        .whereLayer("replication")
        .mayOnlyAccessLayers("wire", "spi")
        .whereLayer("engine")
        .mayOnlyAccessLayers("security", "spi")
        .whereLayer("wire")
        .mayOnlyAccessLayers("spi")
        .whereLayer("security")
        .mayOnlyAccessLayers("files")
        .whereLayer("files")
        .mayNotAccessAnyLayer()
        .whereLayer("spi")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void packages_ofTheLibrary_haveNoCycle() {
    slices().matching("dev.cets.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classes_ofTheLibrary_areInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.cets",
            "dev.cets.codec",
            "dev.cets.discovery",
            "dev.cets.engine",
            "dev.cets.files",
            "dev.cets.node",
            "dev.cets.replication",
            "dev.cets.security",
            "dev.cets.spi",
            "dev.cets.table",
            "dev.cets.wire")
        .check(CLASSES);
  }

  @Test
  void pureClasses_runtimeClasses_areNeverUsed() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                    Thread.class,
                    ThreadLocal.class,
                    Runtime.class,
                    Process.class,
                    Random.class,
                    ThreadLocalRandom.class,
                    Clock.class)
                .or(resideInAnyPackage("java.util.random..", "org.slf4j..", "java.util.logging.."))
                .as("threads, clocks, chance or logs"))
        .check(CLASSES);
  }

  @Test
  void pureClasses_systemClass_onlyCopiesArrays() {
    noClasses()
        .that(PURE)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "its target is a method of System other than arraycopy",
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && !call.getTarget().getName().equals("arraycopy")))
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void pureClasses_nowOfTheClock_isNeverAsked() {
    noClasses()
        .that(PURE)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it asks java.time for the present",
                call ->
                    call.getTargetOwner().getPackageName().startsWith("java.time")
                        && call.getTarget().getName().equals("now")))
        .check(CLASSES);
  }

  @Test
  void pureClasses_inputAndOutput_areNeverUsed() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..")
                .and(not(belongToAnyOf(java.io.Serial.class, java.io.Serializable.class)))
                .as("input and output"))
        .check(CLASSES);
  }

  @Test
  void pureClasses_concurrency_onlyTheConcurrentMapsOfTheStores() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.util.concurrent..")
                .and(
                    not(
                        HasName.Predicates.nameMatching(
                            "java\\.util\\.concurrent\\.Concurrent(Hash|SkipList|Navigable)?Map")))
                .as("java.util.concurrent"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("dev.cets.replication", "dev.cets.wire")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(CLASSES);
  }

  /** The order of such copies is another one in each JVM, and walks could not be replayed. */
  @Test
  void protocol_copiesOfSetsAndMaps_keepTheirOrder() {
    noClasses()
        .that()
        .resideInAPackage("dev.cets.replication")
        .should()
        .callMethod(Set.class, "copyOf", Collection.class)
        .orShould()
        .callMethod(Map.class, "copyOf", Map.class)
        .check(CLASSES);
  }

  @Test
  void classes_ofTheLibrary_needLoggingAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.cets..", "java..", "javax..", "jdk.jfr..", "org.slf4j..", "org.jspecify..", "")
        .because("frameworks have modules of their own")
        .check(CLASSES);
  }

  @Test
  void classes_ofTheLibrary_useNoJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                    java.io.ObjectInputStream.class,
                    java.io.ObjectOutputStream.class,
                    java.io.ObjectInput.class,
                    java.io.ObjectOutput.class,
                    java.io.Externalizable.class)
                .as("Java serialization"))
        .check(CLASSES);
  }

  @Test
  void classes_outsideNodeDiscoveryEngineAndFiles_doNotLog() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.cets", "dev.cets.node", "dev.cets.discovery", "dev.cets.engine", "dev.cets.files")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.slf4j..")
        .check(CLASSES);
  }
}
