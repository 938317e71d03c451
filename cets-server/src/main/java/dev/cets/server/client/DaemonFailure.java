package dev.cets.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Serial;

/** A daemon that cannot be reached, does not answer, or refuses. The message is for the user. */
public final class DaemonFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode problem;

  DaemonFailure(String message) {
    this(message, 0, MissingNode.getInstance());
  }

  DaemonFailure(String message, int status, JsonNode problem) {
    super(message);
    this.status = status;
    this.problem = problem;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** The problem details; a missing node if there are none. */
  public JsonNode problem() {
    return problem;
  }
}
