package dev.cets.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spring.test.AutoConfigureCets;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.web.server.ResponseStatusException;

/** Without a network: the node is a cluster of one. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@AutoConfigureCets
class SessionControllerTest {
  @Autowired SessionController sessions;
  @Autowired MeterRegistry meters;

  @Test
  void session_untilItEnds_isThere() {
    Session begun = sessions.begin("s1", "alice");
    assertThat(sessions.one("s1")).isEqualTo(begun);
    assertThat(sessions.all()).containsExactly(begun);
    sessions.end("s1");
    assertThatThrownBy(() -> sessions.one("s1")).isInstanceOf(ResponseStatusException.class);
  }

  @Test
  void session_thatEnds_isAmongTheMetrics() {
    sessions.begin("s2", "bob");
    sessions.end("s2");
    assertThat(
            meters
                .get("cets.writes")
                .tags("table", "sessions", "operation", "delete", "result", "applied")
                .timer()
                .count())
        .isPositive();
  }
}
