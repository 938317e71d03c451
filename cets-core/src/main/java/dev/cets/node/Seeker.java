package dev.cets.node;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.replication.LinkView;
import dev.cets.replication.PeerView;
import dev.cets.replication.Replication;
import dev.cets.replication.TableReplica;
import dev.cets.spi.Discovery;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for other nodes: asks the back ends when they are due, has the transport reach what they
 * say, and knows what is still missing for the node to be in step. On the loop only.
 */
final class Seeker {
  /** Who is refused, or refuses, is met again and again; who is not was taken away. */
  private static final long REFUSAL_STANDS_NANOS = TimeUnit.MINUTES.toNanos(2);

  private record Refused(String reason, long atNanos) {}

  private final Transport transport;
  private final EventLoop loop;
  private final String self;
  private final Replication core;
  private final List<BackEnd> backEnds = new ArrayList<>();
  private final Search search = new Search();
  private final Map<String, Refused> refusals = new HashMap<>();
  private final Waiters ready = new Waiters(() -> missing().isEmpty());
  private final Waiters asked = new Waiters(this::isSettled);
  private boolean closed;

  Seeker(List<Discovery> discoveries, Transport transport, String self, Replication core) {
    this.transport = transport;
    this.loop = transport.loop();
    this.self = self;
    this.core = core;
    for (Discovery discovery : discoveries) {
      backEnds.add(new BackEnd(discovery, DiscoveryIntervals.DEFAULTS, loop.nanoTime()));
    }
  }

  void connect(NodeAddress address) {
    search.connect(address);
    transport.seek(search.sought());
  }

  void tick(long nowNanos) {
    refusals
        .values()
        .removeIf(refused -> nowNanos - refused.atNanos() > REFUSAL_STANDS_NANOS);
    for (BackEnd backEnd : backEnds) {
      if (backEnd.schedule().begin(nowNanos)) {
        String what = "discovery by " + backEnd.description();
        core.tasks().begin(backEnd, what, () -> "its answer", nowNanos);
        loop.blocking().execute(() -> backEnd.ask(answer -> backOnLoop(backEnd, answer)));
      }
    }
  }

  private void backOnLoop(BackEnd backEnd, BackEnd.Answer answer) {
    try {
      loop.execute(() -> answered(backEnd, answer));
    } catch (RejectedExecutionException e) {
      // the node was closed meanwhile
    }
  }

  private void answered(BackEnd backEnd, BackEnd.Answer answer) {
    if (closed) {
      return;
    }
    core.tasks().end(backEnd, loop.nanoTime());
    if (backEnd.answered(self, answer, loop.nanoTime())) {
      search.answered(backEnd, answer.addresses());
      transport.seek(search.sought());
    }
    checkReady();
  }

  void nodeUp(String node, long nowNanos) {
    refusals.remove(node);
    backEnds.forEach(backEnd -> backEnd.schedule().peerMet(nowNanos));
  }

  void nodeDown(long nowNanos) {
    backEnds.forEach(backEnd -> backEnd.schedule().peerLost(nowNanos));
  }

  void nodeRefused(String node, String reason) {
    refusals.put(node, new Refused(reason, loop.nanoTime()));
  }

  void located(NodeAddress address, String node) {
    search.located(address, node);
  }

  void unreachable(NodeAddress address, String reason) {
    search.unreachable(address, reason);
  }

  void tellWhenReady(CompletableFuture<Void> waiter) {
    ready.add(waiter);
  }

  /** Tells when every back end has answered or failed, and none has another question due. */
  void tellWhenAsked(CompletableFuture<Void> waiter) {
    asked.add(waiter);
  }

  void checkReady() {
    ready.check();
    asked.check();
  }

  private boolean isSettled() {
    return backEnds.stream().allMatch(backEnd -> backEnd.isSettled(loop.nanoTime()));
  }

  /** Who waits for the node to be ready waits in vain from here on. */
  void close() {
    closed = true;
    transport.seek(Set.of());
    ready.close();
    asked.close();
  }

  /** What keeps the node from being in step, one sentence each. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (BackEnd backEnd : backEnds) {
      if (!backEnd.wasAsked()) {
        missing.add("discovery by " + backEnd.description() + " has not answered yet");
      }
    }
    search
        .places()
        .forEach(
            (address, place) -> {
              String problem = missing(place);
              if (problem != null) {
                missing.add(address + " " + problem);
              }
            });
    for (TableReplica<?, ?> table : core.tables()) {
      if (!table.isJoinedWithAll()) {
        for (LinkView link : table.unfilled()) {
          missing.add(
              "table " + table.definition().name() + " on " + link.peer() + ": " + link.text());
        }
      }
    }
    if (core.nameTakenAt() != null) {
      missing.add(
          "a node of the name "
              + self
              + " is running already, at "
              + core.nameTakenAt()
              + "; no node lets this one in while that one lives");
    }
    return missing;
  }

  private @Nullable String missing(Search.Place place) {
    String node = place.node();
    if (place.isPending()) {
      return "has not been tried yet";
    }
    if (node == null || place.problem() != null || node.equals(self)) {
      return null; // unreachable nodes do not count
    }
    boolean up = core.peers().stream().anyMatch(peer -> peer.up() && peer.name().equals(node));
    return up || refusals.containsKey(node) ? null : "is " + node + ", not accepted yet";
  }

  NodeView view(String cluster, @Nullable String replaced) {
    Map<NodeAddress, NodeView.Place> places = new TreeMap<>();
    search
        .places()
        .forEach(
            (address, place) ->
                places.put(
                    address,
                    new NodeView.Place(
                        text(place.node()), text(place.problem()), search.isDiscovered(address))));
    Map<String, String> problems = new TreeMap<>();
    for (BackEnd backEnd : backEnds) {
      String problem = backEnd.problem();
      if (problem != null) {
        problems.put(backEnd.description(), problem);
      }
    }
    Map<String, NodeView.TableView> tables = new TreeMap<>();
    for (TableReplica<?, ?> table : core.tables()) {
      tables.put(
          table.definition().name(),
          new NodeView.TableView(
              table.records(),
              table.hiddenRecords(),
              table.unacknowledgedWrites(),
              table.unacknowledgedBytes(),
              table.leader(),
              table.joinedNodes(),
              table.mended(),
              table.linkViews()));
    }
    List<PeerView> peers = core.peers();
    return new NodeView(
        self,
        cluster,
        core.incarnation().toString(),
        loop.currentTimeMillis(),
        peers,
        places,
        problems,
        refusalReasons(),
        tables,
        core.unknownTables(),
        replaced,
        core.nameTakenAt(),
        missing());
  }

  private Map<String, String> refusalReasons() {
    Map<String, String> reasons = new TreeMap<>();
    refusals.forEach((node, refused) -> reasons.put(node, refused.reason()));
    return reasons;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
