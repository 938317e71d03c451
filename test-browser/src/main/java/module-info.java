/** A real browser for tests of pages. */
module dev.cets.testbrowser {
  requires static org.jspecify;
  requires java.net.http;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
  requires transitive com.fasterxml.jackson.databind;

  exports dev.cets.testbrowser;
}
