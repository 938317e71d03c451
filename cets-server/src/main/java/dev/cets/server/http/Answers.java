package dev.cets.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Sends what a handler has made. */
final class Answers {
  static final String PROBLEM_TYPE = "application/problem+json";

  private Answers() {}

  static void json(ServerResponse response, Status status, JsonNode json) {
    json(response, status, Json.bytes(json));
  }

  static void json(ServerResponse response, Status status, byte[] json) {
    response.status(status).header("Content-Type", "application/json").send(json);
  }

  static void problem(ServerResponse response, Problem problem) {
    response
        .status(Status.create(problem.status(), problem.title()))
        .header("Content-Type", PROBLEM_TYPE)
        .send(problem.json());
  }
}
