package dev.cets.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Set;

/** Lets a request through, or ends it: who asks, and may he? */
final class Access {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Tokens tokens;
  private final Refusals refusals;

  Access(Tokens tokens, Refusals refusals) {
    this.tokens = tokens;
    this.refusals = refusals;
  }

  Tokens.Role role(ServerRequest request) {
    return tokens.role(request.headers().first(HeaderNames.AUTHORIZATION).orElse(null));
  }

  void check(ServerRequest request) {
    String method = request.prologue().method().text();
    switch (role(request)) {
      case ADMIN -> {}
      case READER -> {
        if (!READING.contains(method)) {
          refuse(request, Problem.forbidden(method));
        }
      }
      case NOBODY -> refuse(request, Problem.unauthorized());
    }
  }

  private void refuse(ServerRequest request, Problem problem) {
    refusals.add(request.remotePeer().host(), problem.detail());
    throw new ProblemException(problem);
  }
}
