package dev.cets.testkit;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.node.NodeRuntime;
import dev.cets.spi.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The nodes of one test over one engine: how they start, find each other, and end. */
public abstract class ClusterHarness implements AutoCloseable {
  /** What is in the table that most tests use. */
  public record Session(String id, String user) {}

  /** The table that most tests use. */
  public static final SetSpec<String, Session> SESSIONS =
      TableSpec.set("sessions", String.class, Session.class, Session::id);

  private record Member(CetsNode node, TappedTransport transport) {}

  private final List<CetsNode> toClose = new ArrayList<>();
  private final Map<String, Member> running = new LinkedHashMap<>();
  private final Map<String, SetTable<String, Session>> sessions = new HashMap<>();

  /** Made by engines' harnesses. */
  protected ClusterHarness() {}

  /** A transport that is not started, for a node of this name. */
  protected abstract Transport newTransport(String nodeName);

  /** Ends a node without a word, as by {@code kill -9}. */
  protected abstract void crash(Transport transport);

  /** Lets time pass until the condition holds; fails if it does not within a generous while. */
  public abstract void await(BooleanSupplier condition);

  /** The times that suit the engine. */
  protected CetsNode.Builder times(CetsNode.Builder builder) {
    return builder;
  }

  /** Starts a node that knows nobody. */
  public final CetsNode start(String name) {
    return start(name, settings -> settings);
  }

  /** As {@link #start(String)}, with settings of its own. */
  public final CetsNode start(String name, UnaryOperator<CetsNode.Builder> settings) {
    TappedTransport transport = new TappedTransport(newTransport(name));
    CetsNode.Builder builder = times(CetsNode.builder(name).transport(transport));
    CetsNode node = settings.apply(builder).start();
    toClose.add(node);
    running.put(name, new Member(node, transport));
    sessions.remove(name);
    return node;
  }

  /** Has each of these nodes look for all others of them. */
  public final void connect(String... names) {
    for (String from : names) {
      for (String to : names) {
        if (!from.equals(to)) {
          node(from).connect(Objects.requireNonNull(node(to).address()));
        }
      }
    }
  }

  /** Starts those that do not run, opens the sessions on each, connects them, and waits. */
  public final void join(String... names) {
    for (String name : names) {
      if (!running.containsKey(name)) {
        start(name);
      }
      sessions(name);
    }
    connect(names);
    awaitJoined(names);
  }

  /** Waits until each of these nodes has joined all others of them. */
  public final void awaitJoined(String... names) {
    List<String> all = Arrays.asList(names);
    await(() -> all.stream().allMatch(name -> node(name).status().joinedNodes().containsAll(all)));
  }

  /** Waits until the first node holds the second to be down. */
  public final void awaitDown(String at, String peer) {
    await(() -> !node(at).status().availableNodes().contains(peer));
  }

  /** The latest node of this name. */
  public final CetsNode node(String name) {
    return member(name).node();
  }

  final boolean isRunning(String name) {
    return running.containsKey(name);
  }

  /** The names of the nodes that run, in the order of their starts. */
  public final Set<String> running() {
    return new LinkedHashSet<>(running.keySet());
  }

  /** What each node that runs says of itself and its tables, for the message of a failure. */
  final String states() {
    StringBuilder states = new StringBuilder();
    for (String name : running.keySet()) {
      states.append("\n").append(state(node(name)));
    }
    return states.toString();
  }

  private static String state(CetsNode node) {
    try {
      return node.status() + ", " + node.tables();
    } catch (CetsException e) { // it has ended, or does not answer
      return String.valueOf(e.getMessage());
    }
  }

  private Member member(String name) {
    Member member = running.get(name);
    if (member == null) {
      throw new IllegalStateException("node " + name + " does not run");
    }
    return member;
  }

  /** What is between this node and its engine. */
  final TappedTransport transport(String name) {
    return member(name).transport();
  }

  /**
   * Has the node answer, from now on, that it does not lead, when it is asked to serialise writes
   * of a table; or as it should again.
   */
  public final void refuseToLead(String name, boolean refuses) {
    NodeRuntime runtime = transport(name).runtime();
    CompletableFuture<Void> done = new CompletableFuture<>();
    runtime
        .loop()
        .execute(
            () -> {
              runtime.core().refuseToLead(refuses);
              done.complete(null);
            });
    await(done::isDone);
  }

  /** The sessions on this node; opened when they are first asked for. */
  public final SetTable<String, Session> sessions(String name) {
    return sessions.computeIfAbsent(name, any -> node(name).open(SESSIONS));
  }

  /** Waits for the end of an async write; throws what it ended with. */
  public final Receipt receipt(CompletableFuture<Receipt> write) {
    await(write::isDone);
    return write.join();
  }

  /** Ends a node without a word. */
  public final void kill(String name) {
    Member member = member(name);
    toClose.remove(member.node());
    forget(name);
    crash(member.transport().engine());
  }

  /** Closes a node, so that it leaves cleanly. */
  public final void leave(String name) {
    CetsNode node = node(name);
    forget(name);
    node.close();
  }

  private void forget(String name) {
    running.remove(name);
    sessions.remove(name);
  }

  @Override
  public void close() {
    toClose.forEach(CetsNode::close);
  }
}
