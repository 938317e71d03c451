package dev.cets.examples.spring;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the service; see README.md. */
@SpringBootApplication
public class SessionsApplication {
  public static void main(String[] args) {
    SpringApplication.run(SessionsApplication.class, args);
  }

  /** A table is a bean like any other. */
  @Bean
  SetTable<String, Session> sessions(CetsNode node) {
    return node.open(TableSpec.set("sessions", String.class, Session.class, Session::id));
  }
}
