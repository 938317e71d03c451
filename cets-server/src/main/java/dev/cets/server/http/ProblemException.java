package dev.cets.server.http;

import java.io.Serial;

/** Ends the handling of a request with a problem. */
final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // An answer, not a failure: where it was made is of no interest.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
