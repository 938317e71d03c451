package dev.cets.server.http;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From a path and a method to what answers. Our own few lines, because a key in a path may hold
 * slashes, dots and semicolons, with which general routers do something clever.
 */
final class Router {
  /** For probes, which have no token. */
  private static final Set<List<String>> HEALTH =
      Set.of(List.of("health", "live"), List.of("health", "ready"));

  private final Page page = new Page();
  private final Watchers watchers;
  private final Access access;
  private final Refusals refusals;
  private volatile @Nullable NodeView node;

  Router(Watchers watchers, Access access, Refusals refusals) {
    this.watchers = watchers;
    this.access = access;
    this.refusals = refusals;
  }

  /** Until this is called, all but the liveness check answers "starting". */
  void serve(NodeView served) {
    node = served;
  }

  void handle(ServerRequest request, ServerResponse response) throws Exception {
    String path = request.prologue().uriPath().rawPath();
    List<String> parts = RequestPath.split(path);
    if (!HEALTH.contains(parts) && page.file(parts) == null) {
      access.check(request);
    }
    Map<String, Handler> methods = methods(path, parts);
    String method = request.prologue().method().text();
    Handler handler = methods.get(method);
    if (handler == null) {
      String allowed = String.join(", ", new TreeSet<>(methods.keySet()));
      response.header("Allow", allowed);
      throw new ProblemException(Problem.methodNotAllowed(method, allowed));
    }
    handler.handle(request, response);
  }

  private Map<String, Handler> methods(String path, List<String> parts) {
    if (parts.equals(List.of("health", "live"))) {
      return Map.of("GET", (req, res) -> live(req, res));
    }
    if (parts.equals(List.of("health", "ready"))) {
      return Map.of("GET", (req, res) -> resource().ready(res, isKnown(req)));
    }
    String file = page.file(parts);
    if (file != null) {
      return Map.of("GET", (req, res) -> page.send(file, req, res));
    }
    if (parts.equals(List.of("history"))) {
      return Map.of("GET", (req, res) -> resource().history(req, res));
    }
    if (parts.equals(List.of("counts"))) {
      Collection<RecordTable> tables = node().tables().values();
      return Map.of("GET", (req, res) -> counts(tables, req, res));
    }
    if (parts.equals(List.of("status"))) {
      return Map.of("GET", (req, res) -> resource().status(req, res));
    }
    if (parts.equals(List.of("metrics"))) {
      return Map.of("GET", (req, res) -> resource().metrics(req, res));
    }
    if (parts.equals(List.of("tables"))) {
      return Map.of("GET", (req, res) -> resource().tables(req, res));
    }
    if (parts.size() >= 3 && parts.get(0).equals("tables") && parts.get(2).equals("records")) {
      String table = RequestPath.decode(parts.get(1));
      return parts.size() == 3 ? ofTable(table) : ofKey(table, RequestPath.decode(parts.get(3)));
    }
    if (parts.size() == 3 && parts.get(0).equals("tables") && parts.get(2).equals("watch")) {
      String table = RequestPath.decode(parts.get(1));
      return Map.of("GET", (req, res) -> watch(table).watch(req, res));
    }
    if (parts.size() == 3 && parts.get(0).equals("tables") && parts.get(2).equals("compare")) {
      RecordTable table = table(RequestPath.decode(parts.get(1)));
      return Map.of("POST", (req, res) -> new ComparisonResource(table).compare(req, res));
    }
    throw new ProblemException(Problem.noSuchPath(path));
  }

  private Map<String, Handler> ofTable(String table) {
    return Map.of(
        "GET", (req, res) -> records(table).list(req, res),
        "POST", (req, res) -> writes(table).insert(req, res),
        "DELETE", (req, res) -> writes(table).deleteObjects(req, res));
  }

  private Map<String, Handler> ofKey(String table, String key) {
    return Map.of(
        "GET", (req, res) -> records(table).get(key, req, res),
        "PUT", (req, res) -> writes(table).put(key, req, res),
        "DELETE", (req, res) -> writes(table).delete(key, req, res));
  }

  private RecordsResource records(String name) {
    return new RecordsResource(name, table(name));
  }

  private WritesResource writes(String name) {
    return new WritesResource(name, table(name));
  }

  private WatchResource watch(String name) {
    return new WatchResource(table(name), watchers);
  }

  private void counts(
      Collection<RecordTable> tables, ServerRequest request, ServerResponse response)
      throws InterruptedException {
    var unused = new QueryParameters(request);
    watchers.count(tables, response);
  }

  private RecordTable table(String name) {
    Map<String, RecordTable> tables = node().tables();
    RecordTable table = tables.get(name);
    if (table == null) {
      throw new ProblemException(Problem.unknownTable(name, tables.keySet()));
    }
    return table;
  }

  private NodeResource resource() {
    return new NodeResource(node(), refusals);
  }

  private boolean isKnown(ServerRequest request) {
    return access.role(request) != Tokens.Role.NOBODY;
  }

  private void live(ServerRequest request, ServerResponse response) {
    NodeView served = node;
    if (served == null) {
      NodeResource.starting(response);
    } else {
      new NodeResource(served, refusals).live(response, isKnown(request));
    }
  }

  private NodeView node() {
    NodeView served = node;
    if (served == null) {
      throw new ProblemException(Problem.starting());
    }
    return served;
  }
}
