package dev.cets.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications on ports of their own that form a cluster. */
@Timeout(60)
class TwoApplicationsTest {
  private static ConfigurableApplicationContext first;

  @BeforeAll
  static void start() {
    first = Application.start("n1");
  }

  @AfterAll
  static void stop() {
    first.close();
  }

  @Test
  void applications_inOneCluster_showEachOther() throws Exception {
    CetsNode left;
    try (ConfigurableApplicationContext second =
        Application.start("n2", Application.discovering(first))) {
      Application.sessions(first).insert(new Session("s1", "alice"));
      Application.sessions(second).insert(new Session("s2", "bob"));

      for (ConfigurableApplicationContext application : List.of(first, second)) {
        Map<String, Object> health = Application.get(application, "/actuator/health");
        assertThat(health).containsEntry("status", "UP");
        Map<?, ?> cets = map(map(health, "components"), "cets");
        assertThat(cets.get("status")).isEqualTo("UP");
        assertThat(map(cets, "details").get("joinedNodes")).isEqualTo(List.of("n1", "n2"));

        Map<String, Object> shown = Application.get(application, "/actuator/cets");
        assertThat(map(shown, "node").get("joinedNodes")).isEqualTo(List.of("n1", "n2"));
        Map<?, ?> sessions = (Map<?, ?>) requireNonNull((List<?>) shown.get("tables")).getFirst();
        assertThat(sessions.get("name")).isEqualTo("sessions");
        assertThat(sessions.get("records")).isEqualTo(2);
        String other = application.equals(first) ? "n2" : "n1";
        assertThat(map(sessions, "links").get(other)).isEqualTo("joined");

        Map<String, Object> writes =
            Application.get(application, "/actuator/metrics/cets.writes?tag=table:sessions");
        Map<?, ?> count =
            (Map<?, ?>) requireNonNull((List<?>) writes.get("measurements")).getFirst();
        assertThat(count.get("statistic")).isEqualTo("COUNT");
        assertThat((Double) count.get("value")).isPositive();
      }

      left = second.getBean(CetsNode.class);
    }
    assertThatThrownBy(left::status).isInstanceOf(CetsException.class);
    // The write waits for nobody that has left, and is behind what that one's leaving has changed.
    Application.sessions(first).insert(new Session("s3", "carol"));
    assertThat(Application.sessions(first).contains("s2")).isFalse();
    assertThat(Application.get(first, "/actuator/health")).containsEntry("status", "UP");
  }

  @Test
  void health_whileJoining_isOutOfServiceThenUp() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (ConfigurableApplicationContext joining =
        Application.builder("n3", "cets.ready-timeout=0", "cets.cluster=other")
            .initializers(Application.with(Application.answering(answer)))
            .run()) {
      Map<String, Object> health = Application.get(joining, "/actuator/health");
      assertThat(health).containsEntry("status", "OUT_OF_SERVICE").containsEntry("httpStatus", 503);
      answer.countDown();
      joining.getBean(CetsNode.class).awaitReady(Duration.ofSeconds(30));
      assertThat(Application.get(joining, "/actuator/health")).containsEntry("status", "UP");

      joining.getBean(CetsNode.class).close();
      assertThat(Application.get(joining, "/actuator/health")).containsEntry("status", "DOWN");
    }
  }

  @Test
  void health_ofANodeWhoseNameIsTaken_isDown() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CetsNodeCustomizer telling = node -> node.onState(state -> told.countDown());
    try (ConfigurableApplicationContext taken =
        Application.builder("n1", Application.discovering(first), "cets.ready-timeout=0")
            .initializers(Application.with(telling))
            .run()) {
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      Map<String, Object> health = Application.get(taken, "/actuator/health");
      assertThat(health).containsEntry("status", "DOWN");
      Map<?, ?> details = map(map(map(health, "components"), "cets"), "details");
      assertThat(details.get("state")).isEqualTo("NAME_TAKEN");
      assertThat(details.get("reasons")).asString().contains("is running already");
    }
  }

  private static Map<?, ?> map(Map<?, ?> json, String name) {
    return requireNonNull((Map<?, ?>) json.get(name));
  }
}
