package dev.cets.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Rows are timed by the database, numbers by a clock that only grows. */
class WallClockTest {
  private static Path mainClasses() {
    try {
      return Path.of(
          JdbcDiscovery.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void classes_ofThisModule_neverAskThisMachinesWallClock() {
    if (LoggerFactory.getLogger("com.tngtech.archunit") instanceof Logger logger) {
      logger.setLevel(Level.WARN); // a line for each class otherwise
    }
    noClasses()
        .that()
        .resideInAPackage("dev.cets.jdbc")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it asks for the present",
                call ->
                    call.getTarget().getName().equals("now")
                        || call.getTarget().getName().equals("currentTimeMillis")))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .check(new ClassFileImporter().importPath(mainClasses()));
  }
}
