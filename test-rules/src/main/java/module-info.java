/** What holds for every test run of this project. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.cets.testrules {
  requires static org.jspecify;
  requires transitive io.netty.pkitesting;
  requires transitive org.junit.platform.launcher;

  exports dev.cets.testrules;

  provides org.junit.platform.launcher.LauncherSessionListener with
      dev.cets.testrules.SkippedTests;
}
