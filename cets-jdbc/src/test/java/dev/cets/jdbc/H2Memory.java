package dev.cets.jdbc;

/** H2 within this JVM. */
final class H2Memory implements TestDatabase {
  @Override
  public String url() {
    return "jdbc:h2:mem:cets;DB_CLOSE_DELAY=-1";
  }
}
