package dev.cets.replication;

import dev.cets.replication.Message.AskStatus;
import dev.cets.replication.Message.TellStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks all peers for their status, and answers when they ask. */
public final class Inquiries {
  /** Questions of this node that may be under way at once. */
  static final int MOST_AT_ONCE = 16;

  private record Asked(
      Map<String, Peer> open,
      Map<String, PeerAnswer> answers,
      long deadlineNanos,
      Consumer<Map<String, PeerAnswer>> told) {}

  private final Replication node;
  private final Peers peers;
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private Supplier<Map<String, List<String>>> own = Map::of;
  private long ids;

  Inquiries(Replication node, Peers peers) {
    this.node = node;
    this.peers = peers;
  }

  /** What this node answers. */
  public void own(Supplier<Map<String, List<String>>> figures) {
    own = figures;
  }

  /** Asks; told once, with an answer of each peer that is up now, by name. */
  public void ask(long deadlineNanos, Consumer<Map<String, PeerAnswer>> told) {
    Map<String, Peer> open = new HashMap<>();
    Map<String, PeerAnswer> answers = new TreeMap<>();
    boolean tooMany = asked.size() >= MOST_AT_ONCE;
    long id = ++ids;
    for (Peer peer : peers.up()) {
      if (tooMany) {
        answers.put(
            peer.name(),
            PeerAnswer.silent("was not asked: " + MOST_AT_ONCE + " questions are under way"));
      } else if (!peer.tellsStatus()) {
        answers.put(peer.name(), PeerAnswer.silent("is of a version that cannot be asked"));
      } else {
        open.put(peer.name(), peer);
        peer.connection().send(MessageCodec.encode(new AskStatus(id)));
      }
    }
    asked.put(id, new Asked(open, answers, deadlineNanos, told));
    settle();
  }

  /** A peer asks. One that does not read has to ask again. */
  void asked(Peer peer, AskStatus question) {
    if (peer.isUp() && peer.connection().writable()) {
      peer.connection().send(MessageCodec.encode(new TellStatus(question.id(), own.get())));
    }
  }

  void told(Peer peer, TellStatus answer) {
    Asked question = asked.get(answer.id());
    if (question != null && question.open().remove(peer.name(), peer)) {
      question.answers().put(peer.name(), PeerAnswer.of(answer.figures()));
      settle();
    }
  }

  /** Who is down answers no more. */
  void down(Peer peer) {
    asked
        .values()
        .forEach(
            question -> {
              if (question.open().remove(peer.name(), peer)) {
                question.answers().put(peer.name(), PeerAnswer.silent("went down meanwhile"));
              }
            });
    settle();
  }

  void tick() {
    for (Asked question : asked.values()) {
      if (question.deadlineNanos() <= node.now()) {
        for (String name : List.copyOf(question.open().keySet())) {
          question.open().remove(name);
          question.answers().put(name, PeerAnswer.silent("has not answered in time"));
        }
      }
    }
    settle();
  }

  /** The node ends: who asked has what there is. */
  void close() {
    List<Asked> all = new ArrayList<>(asked.values());
    asked.clear();
    all.forEach(question -> question.told().accept(question.answers()));
  }

  private void settle() {
    for (Map.Entry<Long, Asked> entry : List.copyOf(asked.entrySet())) {
      if (entry.getValue().open().isEmpty()) {
        asked.remove(entry.getKey());
        entry.getValue().told().accept(entry.getValue().answers());
      }
    }
  }
}
