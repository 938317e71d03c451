package dev.cets.node;

import dev.cets.replication.LinkView;
import dev.cets.replication.PeerView;
import dev.cets.replication.Replication;
import dev.cets.replication.TableFigures;
import dev.cets.replication.TableReplica;
import dev.cets.spi.Discovery;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private final List<AskedWaiter> askedWaiters = new ArrayList<>();
  private boolean closed;

  Seeker(NodeConfig config, Transport transport, Replication core) {
    this.transport = transport;
    this.loop = transport.loop();
    this.self = config.name();
    this.core = core;
    for (Discovery discovery : config.discoveries()) {
      backEnds.add(new BackEnd(discovery, config.discoveryIntervals(), loop.nanoTime()));
    }
  }

  /** Tells the back ends who is going to ask; what they throw is for the caller. */
  void started(String cluster, @Nullable NodeAddress address) {
    Discovery.Self asks = new Discovery.Self(self, cluster, Replication.WIRE_VERSION, address);
    backEnds.forEach(backEnd -> backEnd.started(asks));
  }

  /** The number of the first back end that gives one; from any thread. */
  OptionalInt number() {
    return backEnds.stream()
        .map(BackEnd::number)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElseGet(OptionalInt::empty);
  }

  /** Tells the back ends that the node leaves; done when each of them knows, or has failed. */
  CompletableFuture<Void> stopBackEnds() {
    try {
      return CompletableFuture.allOf(
          backEnds.stream()
              .map(backEnd -> CompletableFuture.runAsync(() -> backEnd.stop(self), loop.blocking()))
              .toArray(CompletableFuture<?>[]::new));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null); // the transport has ended before the node
    }
  }

  void connect(NodeAddress address) {
    search.connect(address);
    transport.seek(search.sought());
  }

  void tick(long nowNanos) {
    refusals.values().removeIf(refused -> nowNanos - refused.atNanos() > REFUSAL_STANDS_NANOS);
    for (BackEnd backEnd : backEnds) {
      if (backEnd.schedule().begin(nowNanos)) {
        String what = "discovery by " + backEnd.description();
        core.tasks().begin(backEnd, what, () -> "its answer", nowNanos);
        loop.blocking().execute(() -> backEnd.ask(answer -> backOnLoop(backEnd, answer)));
      }
      if (backEnd.becameOverdue(self, nowNanos)) {
        checkReady();
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
    askedWaiters.removeIf(waiter -> waiter.isDoneWith(backEnd, loop.nanoTime()));
    checkReady();
  }

  /** Done when each back end has told what it knows now; at once if none is about to be asked. */
  void tellWhenAsked(CompletableFuture<Void> asked) {
    if (closed) {
      asked.cancel(false);
      return;
    }
    askedWaiters.removeIf(AskedWaiter::isGone);
    AskedWaiter waiter = new AskedWaiter(asked, backEnds, loop.nanoTime());
    if (!waiter.isGone()) {
      askedWaiters.add(waiter);
    }
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

  /** Late news of a node that is up by now, over another connection, are none. */
  void unreachable(NodeAddress address, String reason) {
    String node = search.node(address);
    if (node == null || !up().contains(node)) {
      search.unreachable(address, reason);
    }
  }

  private Set<String> up() {
    return core.peers().stream()
        .filter(PeerView::up)
        .map(PeerView::name)
        .collect(Collectors.toSet());
  }

  void tellWhenReady(CompletableFuture<Void> waiter) {
    ready.add(waiter);
  }

  void checkReady() {
    ready.check();
  }

  /** Who waits for the node to be ready waits in vain from here on. */
  void close() {
    closed = true;
    transport.seek(Set.of());
    ready.close();
    askedWaiters.forEach(AskedWaiter::cancel);
    askedWaiters.clear();
  }

  /** What keeps the node from being in step, one sentence each. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (BackEnd backEnd : backEnds) {
      if (!backEnd.wasAsked()) {
        missing.add("discovery by " + backEnd.description() + " has not answered yet");
      }
    }
    Set<String> up = up();
    search
        .places()
        .forEach(
            (address, place) -> {
              String problem = missing(place, up);
              if (problem != null) {
                missing.add(address + " " + problem);
              }
            });
    for (TableReplica<?, ?> table : core.tables()) {
      if (!table.figures().isJoinedWithAll()) {
        for (LinkView link : table.figures().unfilled()) {
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

  private @Nullable String missing(Search.Place place, Set<String> up) {
    String node = place.node();
    if (place.isPending()) {
      return "has not been tried yet";
    }
    if (node == null || place.problem() != null || node.equals(self)) {
      return null; // unreachable nodes do not count
    }
    return up.contains(node) || refusals.containsKey(node)
        ? null
        : "is " + node + ", not accepted yet";
  }

  NodeView view(String cluster, @Nullable String replaced, Counts counts) {
    Map<NodeAddress, NodeView.Place> places = new TreeMap<>();
    search
        .places()
        .forEach(
            (address, place) ->
                places.put(
                    address,
                    new NodeView.Place(
                        text(place.node()), text(place.problem()), search.isDiscovered(address))));
    Map<String, NodeView.TableView> tables = new TreeMap<>();
    for (TableReplica<?, ?> table : core.tables()) {
      TableFigures<?, ?> figures = table.figures();
      tables.put(
          table.definition().name(),
          new NodeView.TableView(
              figures.records(),
              figures.hiddenRecords(),
              figures.unacknowledgedWrites(),
              figures.unacknowledgedBytes(),
              figures.leader(),
              figures.joinedNodes(),
              figures.mended(),
              figures.linkViews()));
    }
    List<PeerView> peers = core.peers();
    return new NodeView(
        self,
        cluster,
        core.incarnation().toString(),
        loop.currentTimeMillis(),
        peers,
        places,
        backEnds.stream().map(backEnd -> backEnd.view(loop.nanoTime())).toList(),
        refusalReasons(),
        tables,
        core.unknownTables(),
        replaced,
        core.nameTakenAt(),
        missing(),
        transport.refusedConnections(),
        counts);
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
