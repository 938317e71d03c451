package dev.cets.jgroups;

import dev.cets.engine.EngineId;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.SimulatedNetwork;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.jgroups.Address;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel in virtual time, and in it the real pairs. It keeps the order of what one member sends
 * another, as JGroups does, but loses and doubles messages, and tells of members what it likes.
 */
final class UnreliableChannel {
  /** One member, and the run of the node that it is now. */
  final class Member {
    final String name;
    final Set<Address> view = new HashSet<>();
    Address address;
    Told told = new Told();
    private Life life;

    private Member(String name, Address address) {
      this.name = name;
      this.address = address;
      this.life = new Life(name, this, told);
    }

    Switchboard board() {
      return life.board;
    }

    void on(Runnable task) {
      life.execute(task);
    }

    /** Another run of the node under the same JGroups address; the former ends without a word. */
    void restart() {
      life.alive = false;
      told = new Told();
      life = new Life(name, this, told);
      view(Set.copyOf(view));
    }

    /** The channel is connected again, so JGroups gives it another address. */
    void reconnect() {
      all.remove(address);
      address = new UUID(random.nextLong(), random.nextLong());
      all.put(address, this);
    }

    /** Tells it a view. */
    void view(Set<Address> others) {
      view.clear();
      view.addAll(others);
      on(() -> board().members(Set.copyOf(others)));
    }
  }

  /** One run of a node. */
  private final class Life implements Medium, EventLoop {
    private final Member member;
    private final EventLoop loop;
    private final Switchboard board;
    private boolean alive = true;

    Life(String name, Member member, Told told) {
      this.member = member;
      loop = network.transport(new NodeAddress(name, ++lives)).loop();
      EngineId engine = new EngineId(random.nextLong(), random.nextLong());
      Identity self = new Identity(engine, name, new NodeAddress(name, 1), null);
      board = new Switchboard(this, this, self, told, Settings.DEFAULTS);
    }

    private Runnable whileAlive(Runnable task) {
      return () -> {
        if (alive) {
          task.run();
        }
      };
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(whileAlive(task));
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
      loop.schedule(whileAlive(task), delayNanos);
    }

    @Override
    public boolean inLoop() {
      return loop.inLoop();
    }

    @Override
    public long nanoTime() {
      return loop.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
      return loop.currentTimeMillis();
    }

    @Override
    public RandomGenerator random() {
      return loop.random();
    }

    @Override
    public Executor blocking() {
      return loop.blocking();
    }

    @Override
    public void send(Address to, byte[] packet) {
      Member receiver = all.get(to);
      if (receiver == null || lost.test(member, receiver)) {
        return;
      }
      if (arriving != null) {
        arriving.add(() -> receiver.board().received(member.address, ByteBuffer.wrap(packet)));
        return;
      }
      List<Address> way = List.of(member.address, to);
      long earliest = Math.max(network.now(), lastArrival.getOrDefault(way, 0L));
      long arrival = earliest + 1 + random.nextLong(2_000_000);
      lastArrival.put(way, arrival);
      deliver(receiver, packet, arrival - network.now());
      if (random.nextDouble() < doubled) {
        deliver(receiver, packet, arrival - network.now() + random.nextLong(3_000_000_000L));
      }
    }

    private void deliver(Member receiver, byte[] packet, long nanos) {
      Address from = member.address;
      network.after(
          Duration.ofNanos(nanos),
          () -> receiver.on(() -> receiver.board().received(from, ByteBuffer.wrap(packet))));
    }

    @Override
    public void open(String nodeName, Events events) {}

    @Override
    public NodeAddress address() {
      return board.self().address();
    }

    @Override
    public @Nullable InetSocketAddress physical() {
      return null;
    }

    @Override
    public @Nullable InetSocketAddress physical(Address other) {
      return null;
    }

    @Override
    public List<Address> members() {
      return List.copyOf(member.view);
    }

    @Override
    public void reach(Address peer, InetSocketAddress physical) {}

    @Override
    public void forget(Address peer, boolean gone) {}

    @Override
    public boolean knocks() {
      return false;
    }

    @Override
    public void knock(InetSocketAddress place, byte[] packet) {}

    @Override
    public void close() {}
  }

  final SimulatedNetwork network;
  final Random random;
  final Map<Address, Member> all = new LinkedHashMap<>();

  /** Is what the first sends to the second lost now? */
  BiPredicate<Member, Member> lost = (from, to) -> false;

  /** How likely a message comes again, up to three seconds later. */
  double doubled;

  private final Map<List<Address>, Long> lastArrival = new HashMap<>();
  private int lives;

  /** What is on its way while nobody's turn ends; null: it arrives in turns of its own. */
  private @Nullable Queue<Runnable> arriving;

  UnreliableChannel(long seed) {
    network = new SimulatedNetwork(seed);
    random = new Random(seed);
  }

  Member join(String name) {
    Member made = new Member(name, new UUID(random.nextLong(), random.nextLong()));
    all.put(made.address, made);
    return made;
  }

  List<Member> members() {
    return new ArrayList<>(all.values());
  }

  Set<Address> others(Member member) {
    Set<Address> others = new HashSet<>(all.keySet());
    others.remove(member.address);
    return others;
  }

  /** Tells all members that all are there. */
  void fullView() {
    members().forEach(member -> member.view(others(member)));
  }

  /**
   * Does this, and delivers whatever comes of it until there is nothing more, all in the turn that
   * is under way: as at a node that was held up, while the others answer at once.
   */
  void inOneTurn(Runnable task) {
    Queue<Runnable> messages = new ArrayDeque<>();
    arriving = messages;
    task.run();
    for (Runnable next = messages.poll(); next != null; next = messages.poll()) {
      next.run();
    }
    arriving = null;
  }

  void run(Duration time) {
    network.run(time);
  }
}
