package dev.cets.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The changes of one table over HTTP. */
final class WatchResource {
  private final String name;
  private final RecordTable table;
  private final Watchers watchers;

  WatchResource(String name, RecordTable table, Watchers watchers) {
    this.name = name;
    this.table = table;
    this.watchers = watchers;
  }

  /** Server-sent events, for as long as the client likes. */
  void watch(ServerRequest request, ServerResponse response) throws InterruptedException {
    var query = new QueryParameters(request, "snapshot");
    boolean snapshot = query.flag("snapshot");
    if (!(table instanceof SetRecords set)) {
      throw new ProblemException(Problem.bag(name, "watch"));
    }
    watchers.serve(set, snapshot, response);
  }
}
