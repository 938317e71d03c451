/** What holds for every test run of this project. */
@SuppressWarnings("requires-automatic")
module dev.cets.testrules {
  requires static org.jspecify;
  requires org.junit.platform.launcher;

  provides org.junit.platform.launcher.LauncherSessionListener with
      dev.cets.testrules.SkippedTests;
}
