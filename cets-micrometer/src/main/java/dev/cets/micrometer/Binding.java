package dev.cets.micrometer;

import dev.cets.CetsNode;
import dev.cets.LinkStatus;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.PeerStatus;
import dev.cets.Subscription;
import dev.cets.TableStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A node's meters in one registry. */
final class Binding implements AutoCloseable {
  /** What has meters of its own: the node, a peer, a table, or a link. */
  private record Subject(@Nullable String table, @Nullable String peer) {}

  /** What a figure is of, in a look; null if it is no more. */
  private interface Found<S> {
    @Nullable S in(Look look);
  }

  private final MeterRegistry registry;
  private final Looks looks;
  private final Tags tags;
  private final List<Figure<TableStatus>> tableGauges;
  private final WriteMeters writes;
  private final Subscription subscription;
  private final Map<Subject, List<Meter>> registered = new HashMap<>();
  private boolean closed;

  private Binding(CetsNode node, Tags tags, MeterRegistry registry) {
    this.registry = registry;
    this.looks = new Looks(node, registry.config().clock(), this::register);
    String cluster = looks.lastAnswer().node().cluster();
    this.tags = tags.and("cluster", cluster, "node", node.name());
    this.tableGauges = Figures.tableGauges(node.name());
    this.writes = new WriteMeters(registry, this.tags);
    this.subscription = node.onWriteEnd(writes);
  }

  static Binding start(CetsNode node, Tags tags, MeterRegistry registry) {
    Binding binding = new Binding(node, tags, registry);
    binding.register(binding.looks.lastAnswer());
    return binding;
  }

  void refresh() {
    Look unused = looks.now();
  }

  @Override
  public synchronized void close() {
    closed = true;
    subscription.close();
    writes.keepOnly(Set.of());
    registered.values().forEach(meters -> meters.forEach(registry::remove));
    registered.clear();
  }

  // ---- which meters there are

  private synchronized void register(Look look) {
    if (closed) {
      return;
    }
    Set<Subject> subjects = subjects(look);
    registered
        .entrySet()
        .removeIf(
            subject -> {
              boolean gone = !subjects.contains(subject.getKey());
              if (gone) {
                subject.getValue().forEach(registry::remove);
              }
              return gone;
            });
    writes.keepOnly(look.tables().keySet());
    for (Subject subject : subjects) {
      if (!registered.containsKey(subject)) {
        registered.put(subject, meters(subject));
      }
    }
  }

  private static Set<Subject> subjects(Look look) {
    Set<Subject> subjects = new HashSet<>();
    subjects.add(new Subject(null, null));
    look.node().peers().forEach(peer -> subjects.add(new Subject(null, peer.node())));
    look.tables()
        .forEach(
            (name, table) -> {
              subjects.add(new Subject(name, null));
              table.linkDetails().keySet().forEach(peer -> subjects.add(new Subject(name, peer)));
            });
    return subjects;
  }

  private List<Meter> meters(Subject subject) {
    String table = subject.table();
    String peer = subject.peer();
    List<Meter> meters = new ArrayList<>();
    if (table == null) {
      if (peer == null) {
        ofNode(meters);
      } else {
        ofPeer(meters, peer);
      }
    } else if (peer == null) {
      ofTable(meters, table);
    } else {
      ofLink(meters, table, peer);
    }
    return meters;
  }

  private void ofNode(List<Meter> meters) {
    meters.add(
        Gauge.builder("cets.node.up", this, Binding::up)
            .description("1 if the node answers and takes part, otherwise 0")
            .tags(tags)
            .register(registry));
    Figures.NODE_GAUGES.forEach(figure -> meters.add(gauge(figure, tags, Look::node)));
    Figures.NODE_COUNTERS.forEach(figure -> meters.add(counter(figure, tags, Look::node)));
  }

  private void ofPeer(List<Meter> meters, String name) {
    Tags of = tags.and("peer", name);
    Figures.PEER_GAUGES.forEach(figure -> meters.add(gauge(figure, of, look -> peer(look, name))));
  }

  private void ofTable(List<Meter> meters, String name) {
    Tags of = tags.and("table", name);
    Found<TableStatus> table = look -> look.tables().get(name);
    tableGauges.forEach(figure -> meters.add(gauge(figure, of, table)));
    Figures.TABLE_COUNTERS.forEach(figure -> meters.add(counter(figure, of, table)));
    for (LinkState state : LinkState.values()) {
      Figure<TableStatus> figure =
          Figure.of(
              "cets.table.links",
              "Links with other nodes, by state",
              status ->
                  status.links().values().stream()
                      .filter(text -> LinkState.of(text) == state)
                      .count());
      meters.add(gauge(figure, of.and("state", state.name().toLowerCase(Locale.ROOT)), table));
    }
  }

  private void ofLink(List<Meter> meters, String table, String peer) {
    Tags of = tags.and("table", table, "peer", peer);
    Found<LinkStatus> link = look -> link(look, table, peer);
    Figures.LINK_GAUGES.forEach(figure -> meters.add(gauge(figure, of, link)));
    Figure<Look> compared =
        new Figure<>(
            "cets.link.compared.age",
            "seconds",
            "Since the table was last compared with the peer; NaN if it was not",
            look -> comparedAge(look, table, peer));
    meters.add(gauge(compared, of, look -> look));
  }

  // ---- what they read

  private <S> Meter gauge(Figure<S> figure, Tags of, Found<S> subject) {
    ToDoubleFunction<Binding> value = binding -> binding.value(figure, subject);
    return Gauge.builder(figure.name(), this, value)
        .description(figure.description())
        .baseUnit(figure.unit())
        .tags(of)
        .register(registry);
  }

  private <S> double value(Figure<S> figure, Found<S> subject) {
    Look look = looks.now();
    S found = look == null ? null : subject.in(look);
    return found == null ? Double.NaN : figure.value().applyAsDouble(found);
  }

  private <S> Meter counter(Figure<S> figure, Tags of, Found<S> subject) {
    ToDoubleFunction<Binding> value = binding -> binding.count(figure, subject);
    return FunctionCounter.builder(figure.name(), this, value)
        .description(figure.description())
        .baseUnit(figure.unit())
        .tags(of)
        .register(registry);
  }

  private <S> double count(Figure<S> figure, Found<S> subject) {
    S found = subject.in(looks.lastAnswer());
    return found == null ? 0 : figure.value().applyAsDouble(found);
  }

  private double up() {
    Look look = looks.now();
    NodeStatus status = look == null ? null : look.node();
    return Figures.oneIf(status != null && status.state() == NodeState.RUNNING);
  }

  private static @Nullable PeerStatus peer(Look look, String name) {
    return look.node().peers().stream()
        .filter(peer -> peer.node().equals(name))
        .findAny()
        .orElse(null);
  }

  private static @Nullable LinkStatus link(Look look, String table, String peer) {
    TableStatus status = look.tables().get(table);
    return status == null ? null : status.linkDetails().get(peer);
  }

  private static double comparedAge(Look look, String table, String peer) {
    LinkStatus link = link(look, table, peer);
    return link == null ? Double.NaN : Figures.secondsSince(link.comparedAt(), look.node().at());
  }
}
