package dev.cets.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotReadyException;
import dev.cets.SetTable;
import dev.cets.spi.NodeAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/** A node is there before the web server, and longer. */
@Timeout(60)
class WebServerOrderTest {
  @Test
  void webServer_whenItBegins_theNodeHasJoinedAndIsFilled() {
    try (ConfigurableApplicationContext first = Application.start("n1")) {
      Application.sessions(first).insert(new Session("s1", "alice"));
      CountDownLatch let = new CountDownLatch(1);
      NodeAddress address = requireNonNull(first.getBean(CetsNode.class).address());
      List<Integer> sizes = new CopyOnWriteArrayList<>();
      ApplicationListener<WebServerInitializedEvent> begins =
          event ->
              sizes.add(event.getApplicationContext().getBean("sessions", SetTable.class).size());
      Application.builder("n2")
          .initializers(
              Application.with(new JustBefore(let)),
              Application.with(Application.answering(let, address)))
          .listeners(begins)
          .run()
          .close();
      assertThat(sizes).containsExactly(1);
    }
  }

  /** Lets the join begin when nothing but the gate can wait for its end. */
  private record JustBefore(CountDownLatch let) implements SmartLifecycle {
    @Override
    public void start() {
      let.countDown();
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }

    @Override
    public int getPhase() {
      return ReadyGate.PHASE - 1;
    }
  }

  @Test
  void webServer_ofANodeThatIsNotReadyInTime_neverBegins() {
    CountDownLatch never = new CountDownLatch(1);
    List<Object> begun = new CopyOnWriteArrayList<>();
    ApplicationListener<WebServerInitializedEvent> begins = begun::add;
    var application =
        Application.builder("n1", "cets.ready-timeout=100ms")
            .listeners(begins)
            .initializers(Application.with(Application.answering(never)));
    try {
      assertThatThrownBy(application::run)
          .rootCause()
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("n1 is not ready after 0.1 s");
      assertThat(begun).isEmpty();
    } finally {
      never.countDown();
    }
  }

  @Test
  void request_inItsLastMoments_stillWritesToTheCluster() throws Exception {
    try (ConfigurableApplicationContext first = Application.start("n1")) {
      ConfigurableApplicationContext second =
          Application.start("n2", Application.discovering(first));
      CetsNode node = second.getBean(CetsNode.class);
      Application.Doors doors = second.getBean(Application.Doors.class);
      HttpRequest slow =
          Application.request(second, "/slow").POST(HttpRequest.BodyPublishers.noBody()).build();
      CompletableFuture<HttpResponse<String>> response =
          Application.http().sendAsync(slow, HttpResponse.BodyHandlers.ofString());
      assertThat(doors.entered.await(30, TimeUnit.SECONDS)).isTrue();

      CountDownLatch closing = new CountDownLatch(1);
      second.addApplicationListener((ContextClosedEvent event) -> closing.countDown());
      CompletableFuture<Void> closed = CompletableFuture.runAsync(second::close);
      assertThat(closing.await(30, TimeUnit.SECONDS)).isTrue();
      doors.open.countDown();

      assertThat(response.get(30, TimeUnit.SECONDS).body()).isEqualTo("written");
      closed.get(30, TimeUnit.SECONDS);
      assertThatThrownBy(node::status).isInstanceOf(CetsException.class);
    }
  }
}
