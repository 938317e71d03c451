package dev.cets.replication;

import dev.cets.table.SetStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A few protocol cores, wired by one queue: frames arrive in the order in which they were sent,
 * when the test says so. Time stands still until it is moved.
 */
final class Net {
  static final long WALL = 1_700_000_000_000L;

  /** A frame, or the end of a connection, on its way. */
  record Delivery(Node from, Node to, End end, @Nullable ByteBuffer frame, String reason) {
    /** Its kind and content, for a person. */
    String text() {
      return frame == null ? "cut: " + reason : Transcript.text(frame, from.core.incarnation());
    }
  }

  /** One side of a connection, as {@code owner} holds it. */
  final class End extends FakeConnection {
    private final Node owner;
    private final Node peer;
    private @Nullable End other;
    private boolean over;

    End(Node owner, Node peer) {
      super(peer.name);
      this.owner = owner;
      this.peer = peer;
    }

    private End other() {
      if (other == null) {
        throw new IllegalStateException("not wired");
      }
      return other;
    }

    @Override
    public void send(ByteBuffer frame) {
      super.send(frame);
      if (!over) {
        Delivery delivery = new Delivery(owner, peer, other(), frame.duplicate(), "");
        if (transcribes) {
          transcript.add(owner.name + " > " + peer.name + "  " + delivery.text());
        }
        if (!loses.test(delivery)) {
          queue.addLast(delivery);
        }
        if (repeats.test(delivery)) {
          queue.addLast(
              new Delivery(owner, peer, other(), frame.duplicate(), "")); // a buffer of its own
        }
      }
    }

    @Override
    public void close(String reason) {
      super.close(reason);
      if (!over) {
        over = true;
        other().over = true;
        queue.addLast(new Delivery(owner, owner, this, null, reason));
        queue.addLast(new Delivery(owner, peer, other(), null, "closed by " + owner.name));
      }
    }
  }

  /** A node: its core, and one table. */
  final class Node {
    final String name;
    final Replication core;
    final SetStore<String, Note> store = new SetStore<>();
    final List<Event> events = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final Map<String, End> ends = new TreeMap<>();
    long wallOffset;
    @Nullable TableReplica<String, Note> table;

    Node(String name, String cluster, Settings settings, long wallOffset) {
      this.name = name;
      this.wallOffset = wallOffset;
      core =
          new Replication(
              name,
              cluster,
              true,
              settings,
              Rules.ALL,
              Witness.NONE,
              events::add,
              () -> ++chances,
              nanos,
              WALL + wallOffset);
    }

    Node open(boolean keep) {
      return open(keep, TableOptions.DEFAULTS);
    }

    Node open(boolean keep, TableOptions options) {
      table = core.open(Note.table("notes", keep), options, store, false);
      return this;
    }

    TableReplica<String, Note> table() {
      if (table == null) {
        throw new IllegalStateException("no table is open on " + name);
      }
      return table;
    }

    /** Writes "key=text" each; a key alone is deleted. */
    Node write(String... writes) {
      for (String write : writes) {
        if (write.indexOf('=') < 0) {
          write(LocalWrite.Kind.DELETE, Note.itemOf(write));
        } else {
          write(LocalWrite.Kind.INSERT, note(write).item());
        }
      }
      return this;
    }

    /** Writes "key=text" if the key has no record; the table's leader decides. */
    Node insertNew(String write) {
      write(LocalWrite.Kind.INSERT_NEW, note(write).item());
      return this;
    }

    /** Writes "key=text" when the table's leader lets it at the key. */
    Node insertSerial(String write) {
      write(LocalWrite.Kind.INSERT_SERIAL, note(write).item());
      return this;
    }

    private Note note(String write) {
      int equals = write.indexOf('=');
      return new Note(write.substring(0, equals), write.substring(equals + 1));
    }

    private void write(LocalWrite.Kind kind, LocalWrite.Item<String, Note> item) {
      now();
      core.write(
          table(),
          new LocalWrite<>(kind, List.of(item), nanos + Duration.ofSeconds(10).toNanos(), call()));
      core.flush();
    }

    /** One whose outcome is kept. */
    Call call() {
      return new Call() {
        @Override
        public void ended(Outcome outcome) {
          outcomes.add(outcome);
        }

        @Override
        public void released() {}
      };
    }

    void now() {
      core.time(nanos, WALL + nanos / 1_000_000 + wallOffset);
    }

    void tick() {
      now();
      core.tick();
    }

    /** What readers see, sorted: "key=text". */
    List<String> records() {
      return store.stream().map(note -> note.key() + "=" + note.text()).sorted().toList();
    }

    /** The state of the table's link with a node. */
    String linkWith(Node peer) {
      return table().figures().linkStates().getOrDefault(peer.name, "none");
    }

    /** The table's link with a node. */
    Link<String, Note> linkTo(Node peer) {
      for (Link<String, Note> link : table().links().all()) {
        if (link.peer().name().equals(peer.name)) {
          return link;
        }
      }
      throw new AssertionError("no link");
    }

    /** Everything that tells two states of the table apart. */
    List<Object> state() {
      TableSnapshot snapshot = table().snapshot();
      Set<KeyVersion<String>> early = table().intake().early();
      return List.of(snapshot.live(), table().intake().context(), Set.copyOf(early));
    }

    <E extends Event> List<E> told(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  final List<String> transcript = new ArrayList<>();
  boolean transcribes = true;
  Predicate<Delivery> loses = delivery -> false;
  Predicate<Delivery> repeats = delivery -> false;
  private final Deque<Delivery> queue = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();
  private long nanos;
  private long chances;

  Node node(String name) {
    return node(name, "test", Settings.DEFAULTS, 0);
  }

  Node node(String name, String cluster, Settings settings, long wallOffset) {
    Node node = new Node(name, cluster, settings, wallOffset);
    nodes.add(node);
    return node;
  }

  /** Connects two nodes; their frames wait in the queue. */
  void connect(Node a, Node b) {
    End atA = new End(a, b);
    End atB = new End(b, a);
    atA.other = atB;
    atB.other = atA;
    a.ends.put(b.name, atA);
    b.ends.put(a.name, atB);
    a.core.connected(atA);
    b.core.connected(atB);
  }

  /** Connects each with each, and delivers until nothing is on its way. */
  void join(Node... joining) {
    for (int i = 0; i < joining.length; i++) {
      for (int j = 0; j < i; j++) {
        connect(joining[j], joining[i]);
      }
    }
    run();
  }

  /** Cuts the connection of two nodes; what is on its way arrives before. */
  void cut(Node a, Node b) {
    end(a, b).close("cut");
  }

  /** What a node holds as its connection with another. */
  End end(Node owner, Node peer) {
    End end = owner.ends.get(peer.name);
    if (end == null) {
      throw new IllegalStateException(owner.name + " and " + peer.name + " are not connected");
    }
    return end;
  }

  /** What time it is. */
  long nanos() {
    return nanos;
  }

  boolean isQuiet() {
    return queue.isEmpty();
  }

  /** The frames that are on their way to a node. */
  List<Delivery> underWay() {
    return List.copyOf(queue);
  }

  /** Delivers one; says whether there was any. */
  boolean step() {
    Delivery next = queue.pollFirst();
    if (next == null) {
      return false;
    }
    next.to.now();
    ByteBuffer frame = next.frame;
    if (frame == null) {
      next.to.core.disconnected(next.end, next.reason);
    } else {
      next.to.core.received(next.end, frame);
    }
    next.to.core.flush();
    return true;
  }

  /** Delivers until nothing is on its way. */
  void run() {
    for (int steps = 0; step(); steps++) {
      if (steps > 100_000) {
        throw new AssertionError("no end of messages: " + transcript.subList(0, 100));
      }
    }
  }

  /** Time passes; nobody ticks. */
  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Time passes in steps of a tenth of a second, with ticks and deliveries. */
  void live(Duration time, Node... awake) {
    List<Node> ticking = awake.length == 0 ? nodes : List.of(awake);
    for (long left = time.toMillis(); left > 0; left -= 100) {
      pass(Duration.ofMillis(100));
      ticking.forEach(Node::tick);
      run();
    }
  }
}
