package dev.cets.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Comparisons of one table that callers of this node ask for. Each is a pull from every joined peer
 * that begins after the question, so it shows all that the peer held by then; a pull that is under
 * way already is followed by another one. On the loop only.
 */
public final class Comparisons<K, R> {
  /** Questions of this node that may be under way at once. */
  static final int MOST_AT_ONCE = 16;

  /**
   * A question.
   *
   * @param open for each link that has not answered, the first pull that counts
   */
  private record Asked<K, R>(
      Map<Link<K, R>, Long> open,
      Map<String, Compared> found,
      long deadlineNanos,
      Consumer<Map<String, Compared>> told) {}

  private final Replication node;
  private final Links<K, R> links;
  private final Transfers<K, R> transfers;
  private final List<Asked<K, R>> asked = new ArrayList<>();

  Comparisons(Replication node, Links<K, R> links, Transfers<K, R> transfers) {
    this.node = node;
    this.links = links;
    this.transfers = transfers;
  }

  /** Compares; told once, with a finding for each accepted peer, by name. */
  public void ask(long deadlineNanos, Consumer<Map<String, Compared>> told) {
    Asked<K, R> question = new Asked<>(new HashMap<>(), new TreeMap<>(), deadlineNanos, told);
    boolean tooMany = asked.size() >= MOST_AT_ONCE;
    for (Link<K, R> link : links.snapshot()) {
      String peer = link.peer().name();
      if (link.isRefused()) {
        question.found().put(peer, Compared.unreachable(link.describe()));
      } else if (!link.isJoined()) {
        question.found().put(peer, Compared.busy("is " + link.describe()));
      } else if (tooMany) {
        question
            .found()
            .put(
                peer,
                Compared.busy("was not asked: " + MOST_AT_ONCE + " comparisons are under way"));
      } else {
        question.open().put(link, link.pulls + 1);
      }
    }
    asked.add(question);
    List.copyOf(question.open().keySet()).forEach(transfers::compare);
    settle();
  }

  /** A pull has ended. */
  void ended(Link<K, R> link, Pulling<K, R> pulling) {
    for (Asked<K, R> question : asked) {
      Long first = question.open().get(link);
      if (first != null && first <= pulling.id()) {
        question.open().remove(link);
        question.found().put(link.peer().name(), found(link, pulling));
      }
    }
    tellDone();
  }

  private Compared found(Link<K, R> link, Pulling<K, R> pulling) {
    return pulling.changes() == 0
        ? new Compared(Compared.State.EQUAL, 0, node.now() - link.findings.equalSinceNanos(), "")
        : new Compared(Compared.State.MENDED, pulling.changes(), Findings.NEVER, "");
  }

  /** Tells what has been found, where nothing is open any more. */
  void settle() {
    if (asked.isEmpty()) {
      return; // as nearly always, and this is called for every message
    }
    for (Asked<K, R> question : asked) {
      question
          .open()
          .keySet()
          .removeIf(
              link -> {
                if (link.closed()) {
                  question
                      .found()
                      .put(link.peer().name(), Compared.unreachable("the link ended meanwhile"));
                }
                return link.closed();
              });
    }
    tellDone();
  }

  void tick(long nowNanos) {
    settle();
    for (Asked<K, R> question : asked) {
      if (question.deadlineNanos() <= nowNanos) {
        for (Link<K, R> link : question.open().keySet()) {
          question
              .found()
              .put(
                  link.peer().name(),
                  Compared.busy(
                      "had not ended by the deadline; it waits for " + Transfers.waitsFor(link)));
        }
        question.open().clear();
      }
    }
    settle();
  }

  /** The table is closed: who asked has what there is. */
  void close(String reason) {
    for (Asked<K, R> question : asked) {
      question
          .open()
          .keySet()
          .forEach(link -> question.found().put(link.peer().name(), Compared.unreachable(reason)));
    }
    tell(question -> true);
  }

  private void tellDone() {
    tell(question -> question.open().isEmpty());
  }

  private void tell(Predicate<Asked<K, R>> done) {
    for (Asked<K, R> question : List.copyOf(asked)) {
      if (done.test(question) && asked.remove(question)) {
        question.told().accept(question.found());
      }
    }
  }
}
