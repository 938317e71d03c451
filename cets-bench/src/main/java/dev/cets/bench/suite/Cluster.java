package dev.cets.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Child processes of one system that are members of one cluster. For one thread. */
final class Cluster implements AutoCloseable {
  private final Kind kind;
  private final List<Integer> ports;
  private final List<Child> members = new ArrayList<>();

  private Cluster(Kind kind, int atMost) {
    this.kind = kind;
    this.ports = new ArrayList<>(Ports.pick(atMost));
  }

  /** As many members as it is to have, each with its table open. */
  static Cluster open(Kind kind, Jvm jvm, int count, String tableKind) {
    Cluster cluster = new Cluster(kind, count);
    try {
      for (int i = 0; i < count; i++) {
        cluster.members.add(Child.start(kind, jvm));
      }
      for (int i = 0; i < count; i++) {
        cluster.member(i).awaitStarted();
        cluster.connect(i, i + 1);
      }
      // The first one last: the sockets of the raw system are opened by it.
      for (int i = count - 1; i >= 0; i--) {
        cluster.member(i).ask("open " + tableKind);
      }
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** One member with a table; others may come. */
  static Cluster seed(Kind kind, Jvm jvm, int atMost, String tableKind) {
    Cluster cluster = new Cluster(kind, atMost);
    try {
      cluster.begin(jvm);
      cluster.member(0).ask("open " + tableKind);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** All members in one process, which is the only child. */
  static Cluster inOneProcess(Kind kind, Jvm jvm, int count) {
    Cluster cluster = new Cluster(kind, count);
    try {
      Child child = Child.start(kind, jvm);
      cluster.members.add(child);
      child.awaitStarted();
      for (int i = 0; i < count; i++) {
        child.ask(cluster.connecting(i, i + 1));
      }
      child.ask("open set");
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** One more member, connected, without its table. */
  Child begin(Jvm jvm) {
    Child child = Child.start(kind, jvm);
    members.add(child);
    child.awaitStarted();
    connect(members.size() - 1, members.size());
    return child;
  }

  private void connect(int index, int count) {
    member(index).ask(connecting(index, count));
  }

  private String connecting(int index, int count) {
    String list = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "connect " + index + " " + list + " " + count;
  }

  /** The last one leaves in peace, and may be followed by another one at another port. */
  void leaveLast() {
    try (Child last = members.removeLast()) {
      last.ask("leave");
    } finally {
      ports.set(members.size(), Ports.pick(1).getFirst());
    }
  }

  Kind kind() {
    return kind;
  }

  Child member(int index) {
    return members.get(index);
  }

  List<Child> members() {
    return members;
  }

  long cpuNanos() {
    return members.stream().mapToLong(Child::cpuNanos).sum();
  }

  /** Bytes that all of them have given to sockets. */
  long sentBytes() {
    return members.stream().mapToLong(member -> member.number("sent")).sum();
  }

  @Override
  public void close() {
    members.forEach(Child::kill);
    members.forEach(Child::close);
    members.clear();
  }
}
