package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.Journal;
import dev.cets.replication.PeerAnswer;
import dev.cets.replication.Replication;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableDefinition;
import dev.cets.replication.TableOptions;
import dev.cets.replication.TableReplica;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.table.LocalTable;
import dev.cets.table.SetStore;
import dev.cets.table.WriteWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One running node: pumps the protocol on the transport's loop, and hands callers' requests to it.
 */
public final class NodeRuntime {
  private static final int TICKS_PER_BEAT = 10;
  private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final String name;
  private final String cluster;
  private final Settings settings;
  private final Rules rules;
  private final boolean solo;
  private final Transport transport;
  private final EventLoop loop;
  private final EventLog events;
  private final Flight flight = new Flight();
  private final WriteWatch writeWatch;
  private final Inbox inbox;
  private final Questions questions;
  private final Replication core;
  private final Seeker seeker;
  private final Map<String, LocalTable<?, ?>> tables = new ConcurrentSkipListMap<>();
  private final Set<String> everOpened = new HashSet<>();
  private final TableRequests requests;
  private final TableHandlers handlers;
  private final RunStates states;
  private final EngineEvents engine;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean closed;
  private volatile @Nullable String replaced;

  private NodeRuntime(NodeConfig config, Journal journal) {
    name = config.name();
    cluster = config.cluster();
    settings = config.settings();
    rules = config.rules();
    transport = config.transport();
    solo = transport instanceof SoloTransport;
    loop = transport.loop();
    writeWatch = new WriteWatch(name, loop);
    events = new EventLog(name, loop::nanoTime, event -> heard(event, journal));
    Callbacks callbacks =
        new Callbacks(config.callbackExecutor(), loop, events::callbackExecutorRefused);
    inbox = new Inbox(loop, callbacks, this::begin, this::end, events);
    questions = new Questions(name, inbox, this::isClosed);
    core =
        new Replication(
            name,
            cluster,
            !config.discoveries().isEmpty(),
            settings,
            rules,
            config.witness(),
            events,
            loop.random()::nextLong,
            loop.nanoTime(),
            loop.currentTimeMillis());
    requests = new TableRequests(this, core, inbox);
    handlers = new TableHandlers(config.nodeDownHandlers(), callbacks, inbox);
    states = new RunStates(config.stateHandlers(), callbacks.executor());
    seeker = new Seeker(config, transport, core);
    engine = new EngineEvents(this, seeker, this::guarded);
    core.inquiries().own(() -> Figures.of(look()).texts());
  }

  /**
   * Starts a node.
   *
   * @param journal is told of every event, on the loop
   * @throws IOException if the transport cannot start
   * @throws RuntimeException if a discovery back end cannot serve it
   */
  public static NodeRuntime start(NodeConfig config, Journal journal) throws IOException {
    config.checkTogether();
    NodeRuntime runtime = new NodeRuntime(config, journal);
    runtime.transport.start(runtime.name, runtime.engine);
    try {
      runtime.seeker.started(runtime.cluster, runtime.address());
    } catch (RuntimeException e) {
      runtime.transport.close();
      throw e;
    }
    runtime.loop.execute(runtime::tick);
    return runtime;
  }

  // ---- what callers ask

  /** Its name. */
  public String name() {
    return name;
  }

  /** The loop of its transport. */
  public EventLoop loop() {
    return loop;
  }

  /** Its limits and times. */
  public Settings settings() {
    return settings;
  }

  /** Where others reach it; null if nobody can. */
  public @Nullable NodeAddress address() {
    return solo ? null : transport.address();
  }

  /** The number that discovery gave it, if it did. */
  public OptionalInt number() {
    return seeker.number();
  }

  /** The protocol's side, for simulators: to be looked at on the loop only. */
  public Replication core() {
    return core;
  }

  /** How many frames were refused because they were not what they should be. */
  public long framesRefused() {
    return events.counts().of(Counter.FRAMES_REFUSED);
  }

  /** Tells of an event, from any thread. */
  public void tell(Event event) {
    inbox.submit(() -> events.told(event));
  }

  /**
   * Opens a table, if none of its name is open.
   *
   * @param store an empty one, of the table's type
   * @param onConflict told of its conflicts where callbacks run, or null
   * @param nodeDown told of the nodes that it loses, where callbacks run
   */
  public <K, R> Answer<LocalTable<K, R>> open(
      TableDefinition<K, R> definition,
      TableOptions options,
      Function<? super R, ? extends K> keyOf,
      SetStore<K, R> store,
      @Nullable Consumer<Event.Conflict> onConflict,
      List<LossHandler> nodeDown) {
    return askAlive(() -> openNow(definition, options, keyOf, store, onConflict, nodeDown));
  }

  private <K, R> Answer<LocalTable<K, R>> openNow(
      TableDefinition<K, R> definition,
      TableOptions options,
      Function<? super R, ? extends K> keyOf,
      SetStore<K, R> store,
      @Nullable Consumer<Event.Conflict> onConflict,
      List<LossHandler> nodeDown) {
    String table = definition.name();
    if (tables.containsKey(table)) {
      return Answer.refused("a table of the name " + table + " is open on node " + name);
    }
    boolean again = !everOpened.add(table);
    TableReplica<K, R> replica = core.open(definition, options, store, again);
    LocalTable<K, R> local =
        new LocalTable<>(
            definition,
            keyOf,
            store,
            settings,
            rules,
            inbox,
            writeWatch,
            new OpenReplica<>(core, replica, this::isClosed, () -> closeTable(table)));
    tables.put(table, local);
    handlers.of(table, onConflict, nodeDown);
    return Answer.of(local);
  }

  private void closeTable(String table) {
    if (!closed) {
      tables.remove(table);
      handlers.of(table, null, List.of());
      core.close(table);
    }
  }

  /** Who is told how its callers' writes end. */
  public WriteWatch writeWatch() {
    return writeWatch;
  }

  /** What operators want of its tables. */
  public TableRequests requests() {
    return requests;
  }

  /** The open tables, by name. */
  public List<LocalTable<?, ?>> tables() {
    return new ArrayList<>(tables.values());
  }

  /** Looks for a node at an address. */
  public void connect(NodeAddress address) {
    inbox.submit(() -> seeker.connect(address));
  }

  /** Everything that a status is made of. */
  public Answer<NodeView> view() {
    return ask(() -> Answer.of(look()));
  }

  private NodeView look() {
    return seeker.view(cluster, replaced, events.counts());
  }

  /** Done when the node is in step; until then, {@link #view} says what is missing. */
  public CompletableFuture<Void> ready() {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    inbox.submit(() -> seeker.tellWhenReady(ready));
    return ready;
  }

  /** Done when discovery has told what it knows as of this call. */
  public CompletableFuture<Void> discoveryAsked() {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    inbox.submit(() -> seeker.tellWhenAsked(asked));
    return asked;
  }

  /** Asks all peers for their status; done at the latest when so much time is over. */
  public CompletableFuture<Map<String, PeerAnswer>> askPeers(long nanos) {
    CompletableFuture<Map<String, PeerAnswer>> answers = new CompletableFuture<>();
    inbox.submit(
        () -> {
          if (isClosed()) {
            answers.complete(Map.of());
          } else {
            core.inquiries().ask(loop.nanoTime() + nanos, answers::complete);
          }
        });
    return answers;
  }

  /**
   * Gives up a node for good, everywhere.
   *
   * @return its answer is no value but true, or why it cannot be
   */
  public Answer<Boolean> forget(String node) {
    return askAlive(
        () -> {
          String refusal = core.forget(node);
          return refusal == null ? Answer.of(true) : Answer.refused(refusal);
        });
  }

  /** As {@link #ask}, of a node that has not ended as replaced. */
  private <T> Answer<T> askAlive(Supplier<Answer<T>> question) {
    return ask(
        () -> {
          String reason = replaced;
          return reason == null ? question.get() : Answer.refused(reason);
        });
  }

  <T> Answer<T> ask(Supplier<Answer<T>> question) {
    return questions.ask(question);
  }

  /** Was it closed, or its transport under it? */
  private boolean isClosed() {
    return closed || inbox.isClosed();
  }

  /** An open table, or null. */
  @Nullable TableReplica<?, ?> replica(String table) {
    return isClosed() ? null : core.table(table);
  }

  /** Leaves the cluster and ends. */
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    CompletableFuture<Void> left = new CompletableFuture<>();
    Runnable leave =
        () -> {
          leave("the node was closed");
          closed = true;
          CompletableFuture<Void> told =
              replaced == null ? seeker.stopBackEnds() : CompletableFuture.completedFuture(null);
          var unused = told.thenAccept(left::complete);
        };
    if (loop.inLoop()) {
      leave.run();
    } else {
      inbox.submit(leave);
      try {
        loop.await(left, CLOSE_NANOS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closed = true;
    transport.close();
    inbox.close();
  }

  // ---- the loop's side

  private void leave(String reason) {
    core.leave(reason);
    seeker.close();
    inbox.handOnCompletions();
    tables.values().forEach(LocalTable::ended);
    tables.clear();
  }

  /** Another run of this name lives: this one does nothing any more but say so. */
  private void replaced(String by) {
    if (!closed && replaced == null) {
      replaced = "node " + name + " was replaced by a newer run of it, " + by;
      engine.end(replaced);
      leave(replaced);
      core.disconnectAll(replaced);
      states.to(RunState.REPLACED);
    }
  }

  private void begin() {
    core.time(loop.nanoTime(), loop.currentTimeMillis());
  }

  private void end() {
    core.flush();
    inbox.handOnCompletions();
    states.to(core.nameTakenAt() == null ? RunState.RUNNING : RunState.NAME_TAKEN);
    seeker.checkReady();
  }

  private void tick() {
    if (closed || replaced != null) {
      return;
    }
    try {
      guarded(
          "tick",
          () -> {
            core.tick();
            flight.look(name, core.tables());
            seeker.tick(loop.nanoTime());
          });
    } finally { // without the next one, nothing would have an end any more
      loop.schedule(this::tick, tickNanos());
    }
  }

  /** A few in each beat; and deadlines are kept to a tick, however seldom it beats. */
  private long tickNanos() {
    return Math.min(settings.beat().toNanos() / TICKS_PER_BEAT, LONGEST_TICK_NANOS);
  }

  private void heard(Event event, Journal journal) {
    switch (event) {
      case Event.NodeUp up -> seeker.nodeUp(up.node(), loop.nanoTime());
      case Event.NodeDown down -> seeker.nodeDown(loop.nanoTime());
      case Event.NodeRefused refused -> seeker.nodeRefused(refused.node(), refused.reason());
      case Event.PeerLost lost -> handlers.lost(core.table(lost.table()), lost);
      case Event.Replaced newer -> inbox.submit(() -> replaced(newer.by()));
      case Event.Conflict conflict -> handlers.conflict(conflict);
      case Event.PullBegun begun -> flight.begun(name, begun);
      case Event.PullEnded ended -> flight.ended(ended);
      default -> {}
    }
    journal.told(event);
  }

  /** A defect in here must not take the transport's loop with it. */
  private void guarded(String where, Runnable action) {
    if (closed || replaced != null) {
      return;
    }
    begin();
    try {
      action.run();
    } catch (RuntimeException e) {
      events.told(new Event.Defect(where, e));
    }
    end();
  }
}
