package dev.cets.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The changes of one table over HTTP. */
final class WatchResource {
  private final RecordTable table;
  private final Watchers watchers;

  WatchResource(RecordTable table, Watchers watchers) {
    this.table = table;
    this.watchers = watchers;
  }

  /** Server-sent events, for as long as the client likes. */
  void watch(ServerRequest request, ServerResponse response) throws InterruptedException {
    var query = new QueryParameters(request, "snapshot");
    watchers.serve(table, query.flag("snapshot"), response);
  }
}
