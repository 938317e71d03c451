package dev.cets;

import dev.cets.node.NodeConfig;
import dev.cets.node.NodeRuntime;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One member of a cluster of tables. Several may live in one JVM.
 *
 * <p>Without a transport it is a cluster of one, and needs no configuration. Safe for use by many
 * threads. Close it to leave the cluster: the records that it owns go at once, on every node.
 */
public final class CetsNode implements AutoCloseable {
  private final NodeRuntime runtime;

  CetsNode(NodeRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Begins the description of a node.
   *
   * @param name unlike that of every other node of the cluster, and the same after a restart: 1 to
   *     100 characters of {@code A-Z a-z 0-9 . _ - @ :}
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Its name. */
  public String name() {
    return runtime.name();
  }

  /** Where other nodes reach it; null for a cluster of one. */
  public @Nullable NodeAddress address() {
    return runtime.address();
  }

  /**
   * A small number that discovery has given to this node and to no other of the cluster, from 1,
   * such as for the ids that an application makes; absent until it has, and always if no back end
   * gives numbers (a database table does). Ask again for each use: it goes, and another may come,
   * when the node's registration lapses. Does not block.
   */
  public OptionalInt number() {
    return runtime.number();
  }

  /**
   * Opens a table on this node. It is joined with the tables of that name on other nodes as soon as
   * they are found; until then it works alone.
   *
   * @throws CetsException if a table of this name is open on this node, or the node is closed
   */
  public <K, R> SetTable<K, R> open(SetSpec<K, R> spec) {
    return Opening.open(runtime, spec);
  }

  /** As {@link #open(SetSpec)}. */
  public <K, R> OrderedSetTable<K, R> open(OrderedSetSpec<K, R> spec) {
    return Opening.open(runtime, spec);
  }

  /** As {@link #open(SetSpec)}. */
  public <K, R> BagTable<K, R> open(BagSpec<K, R> spec) {
    return Opening.open(runtime, spec);
  }

  /** Looks for a node at this address from now on, whatever discovery says. Does not wait. */
  public void connect(NodeAddress address) {
    runtime.connect(address);
  }

  /**
   * Waits until this node is in step: every discovery back end has answered or failed once, every
   * reachable listed node is connected, and every table has been filled from each of them. Nodes
   * that cannot be reached, or do not let this one in, do not count. Blocks.
   *
   * @throws NotReadyException at the deadline, with what is still missing: which back end, which
   *     node, which table, and how far it is
   */
  public void awaitReady(Duration deadline) {
    Views.awaitReady(runtime, deadline);
  }

  /**
   * Waits until every discovery back end has told what it knows as of this call, or has failed: for
   * the answer to the question that runs or is due, and at once if none is. The answers count from
   * then on; nodes need not be connected. Blocks.
   *
   * @throws NotReadyException at the deadline, with the back ends that have not answered
   */
  public void awaitDiscovery(Duration deadline) {
    Views.awaitDiscovery(runtime, deadline);
  }

  /**
   * Waits for async calls of this node's tables, all with one deadline. Blocks.
   *
   * <p>Nothing becomes of the calls by this: one that has not ended goes on until it does, or until
   * its own deadline, and its future tells. In the list it stands as an {@link
   * UnknownOutcomeException} that names the nodes whose acknowledgement some write of this node
   * waited for at that moment, and the leaders whose leave was waited for. Whether it has been
   * applied here is not said: it may still wait for a leader, or for the end of a pause.
   *
   * <p>An interrupt ends the wait as the deadline does, and is kept.
   *
   * @param calls futures that this node's tables gave, of any kind: of receipts, of {@code
   *     insertNew}
   * @return one outcome per call, in their order
   */
  public <T> List<CallOutcome<T>> awaitAll(
      List<? extends CompletableFuture<? extends T>> calls, Duration deadline) {
    return Calls.awaitAll(runtime, calls, deadline);
  }

  /** What this node knows of the cluster. */
  public NodeStatus status() {
    return Views.status(runtime);
  }

  /**
   * What every node knows of the cluster: asks all connected ones. Blocks until they have answered,
   * or for this time; who has not answered by then shows as such.
   */
  public ClusterStatus clusterStatus(Duration deadline) {
    return ClusterViews.status(runtime, deadline);
  }

  /**
   * Has the listener told how each write of this node's callers ends, in whichever table, from now
   * on: for figures of how many there are and how long they take. Writes of other nodes are theirs
   * to tell. Costs nothing while nobody listens. Does not wait.
   */
  public Subscription onWriteEnd(WriteListener listener) {
    return Watching.of(runtime, listener);
  }

  /** The tables that are open here, by name. */
  public List<TableStatus> tables() {
    return Views.tables(runtime);
  }

  /**
   * Says that a node which is down will not come back under its present run: what it owned is
   * dropped on every node, instead of being kept hidden for its return. If it does come back, it
   * goes on as a new run, with what it has. For nodes whose names are never used again.
   *
   * @throws CetsException if that node is connected, is this node, or is not known here
   */
  public void forget(String node) {
    Views.forget(runtime, node);
  }

  /**
   * Leaves the cluster and ends all threads. Waiting calls end with an error. Blocks for at most a
   * few seconds. Harmless when repeated.
   */
  @Override
  public void close() {
    runtime.close();
  }

  /** Describes a node. Every setting has a default that suits most. */
  public static final class Builder {
    private final NodeConfig config;

    private Builder(String name) {
      config = new NodeConfig(name);
    }

    /** Nodes of other clusters are refused. The default is {@code cets}. */
    public Builder cluster(String name) {
      config.cluster(name);
      return this;
    }

    /** How to reach other nodes. A transport serves one node only. */
    public Builder transport(Transport transport) {
      config.transport(transport);
      return this;
    }

    /** Whom to look for. May be given several times: all answers count. */
    public Builder discovery(Discovery discovery) {
      config.discovery(discovery);
      return this;
    }

    /** How often discovery is asked until the first node is met: 5 s, for at most 5 minutes. */
    public Builder discoverySearch(Duration interval, Duration atMost) {
      config.discoveryIntervals(times -> times.withSearching(interval, atMost));
      return this;
    }

    /** How soon a discovery back end is asked again that has failed; 1 s. */
    public Builder discoveryAfterError(Duration wait) {
      config.discoveryIntervals(times -> times.withAfterError(wait));
      return this;
    }

    /** How soon discovery is asked after a node went down; 30 s. */
    public Builder discoveryAfterNodeDown(Duration wait) {
      config.discoveryIntervals(times -> times.withAfterPeerLost(wait));
      return this;
    }

    /**
     * How often discovery is asked when all is quiet; 5 minutes. A back end may want to be asked
     * more often, as a file does; see {@link Discoveries#every}.
     */
    public Builder discoveryInterval(Duration interval) {
      config.discoveryIntervals(times -> times.withRegular(interval));
      return this;
    }

    /** How long a discovery back end may take for an answer before it counts as failed; 30 s. */
    public Builder discoveryAnswerLimit(Duration limit) {
      config.discoveryIntervals(times -> times.withAnswerLimit(limit));
      return this;
    }

    /** How long a write waits for other nodes; 10 s. One table object may have its own. */
    public Builder writeDeadline(Duration deadline) {
      config.settings(s -> s.withWriteDeadline(deadline));
      return this;
    }

    /** How often nodes tell each other that they live; 1 s. */
    public Builder beat(Duration interval) {
      config.settings(s -> s.withBeat(interval));
      return this;
    }

    /** How long a node may be silent before it is held to be down; 8 s. */
    public Builder silenceLimit(Duration limit) {
      config.settings(s -> s.withSilenceLimit(limit));
      return this;
    }

    /** How far two nodes' wall clocks may be apart before they refuse each other; 60 s. */
    public Builder maxClockSkew(Duration skew) {
      config.settings(s -> s.withMaxClockSkew(skew));
      return this;
    }

    /** How often joined nodes compare their tables while writes go on; 60 s. */
    public Builder compareInterval(Duration interval) {
      config.settings(s -> s.withCompareInterval(interval));
      return this;
    }

    /** The largest record, in encoded bytes; 1 MiB. */
    public Builder maxRecordBytes(int bytes) {
      config.settings(s -> s.withMaxRecordBytes(bytes));
      return this;
    }

    /**
     * How many bytes of a table's writes may wait for acknowledgement before writers wait; 4 MiB.
     */
    public Builder maxUnacknowledgedBytes(int bytes) {
      config.settings(s -> s.withMaxUnacknowledgedBytes(bytes));
      return this;
    }

    /**
     * How many writes of a table may wait for the end of a pause, and their bytes; 10,000, 16 MiB.
     */
    public Builder maxPaused(int writes, int bytes) {
      config.settings(s -> s.withMaxPausedWrites(writes).withMaxPausedBytes(bytes));
      return this;
    }

    /** One more handler that is told of the nodes that tables lose, whichever the table. */
    public Builder onNodeDown(NodeDownHandler handler) {
      config.nodeDownHandler(Operations.handler(handler));
      return this;
    }

    /**
     * One more who is told when {@link NodeStatus#state} changes, on the callback executor; such as
     * a service that ends when another node has its name.
     */
    public Builder onState(Consumer<NodeState> handler) {
      config.stateHandler(state -> handler.accept(Views.state(state)));
      return this;
    }

    /** How long a node that is back waits for the handlers of its loss; 30 s. */
    public Builder nodeDownHandlerLimit(Duration limit) {
      config.settings(s -> s.withHandlerLimit(limit));
      return this;
    }

    /**
     * Where the callbacks of async writes and handlers run. By default each batch gets a virtual
     * thread; so does what this one rejects, and the log says so.
     */
    public Builder callbackExecutor(Executor executor) {
      config.callbackExecutor(executor);
      return this;
    }

    /**
     * Starts the node. Does not wait for other nodes; see {@link CetsNode#awaitReady}.
     *
     * @throws CetsException if the transport cannot start, such as when its port is in use
     * @throws IllegalArgumentException if settings do not go together, or a discovery back end does
     *     not take the node's address; nothing is started then
     * @throws IllegalStateException if a discovery back end is another node's
     */
    public CetsNode start() {
      return new CetsNode(Writes.start(config));
    }
  }
}
