package dev.cets.spring;

import static java.util.Objects.requireNonNull;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole application, with Tomcat and the actuator on any free port. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What holds a request up, on both sides. */
  static final class Doors {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
  }

  @Bean
  SetTable<String, Session> sessions(CetsNode node) {
    return node.open(Session.table());
  }

  @Bean
  Doors doors() {
    return new Doors();
  }

  @RestController
  static final class Web {
    private final SetTable<String, Session> sessions;
    private final Doors doors;

    Web(SetTable<String, Session> sessions, Doors doors) {
      this.sessions = sessions;
      this.doors = doors;
    }

    /** Writes when it is let. */
    @PostMapping("/slow")
    String slow() throws InterruptedException {
      doors.entered.countDown();
      if (!doors.open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened");
      }
      sessions.insert(new Session("slow", "bob"));
      return "written";
    }
  }

  static SpringApplicationBuilder builder(String node, String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties(
            "server.port=0",
            "server.shutdown=graceful",
            "spring.main.banner-mode=off",
            "logging.level.root=WARN",
            "management.endpoints.web.exposure.include=health,cets,metrics",
            "management.endpoint.health.show-details=always",
            "cets.node-name=" + node)
        .properties(properties);
  }

  static ConfigurableApplicationContext start(String node, String... properties) {
    return builder(node, properties).run();
  }

  /** A bean beside those of the configuration. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> with(Object bean) {
    return context -> context.getBeanFactory().registerSingleton(bean.getClass().getName(), bean);
  }

  /** A back end of discovery that answers when it is let. */
  static Discovery answering(CountDownLatch let, NodeAddress... addresses) {
    return () -> {
      try {
        if (!let.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IOException("not let");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Set.of(addresses);
    };
  }

  static String discovering(ConfigurableApplicationContext other) {
    return "cets.discovery.addresses=" + other.getBean(CetsNode.class).address();
  }

  @SuppressWarnings("unchecked")
  static SetTable<String, Session> sessions(ConfigurableApplicationContext application) {
    return application.getBean("sessions", SetTable.class);
  }

  static HttpRequest.Builder request(ConfigurableApplicationContext application, String path) {
    int port = requireNonNull(((WebServerApplicationContext) application).getWebServer()).getPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  static HttpClient http() {
    return HTTP;
  }

  /** The answer, whatever its status, which is put beside as {@code httpStatus}. */
  static Map<String, Object> get(ConfigurableApplicationContext application, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(request(application, path).build(), HttpResponse.BodyHandlers.ofString());
    Map<String, Object> json = JsonParserFactory.getJsonParser().parseMap(response.body());
    json.put("httpStatus", response.statusCode());
    return json;
  }
}
