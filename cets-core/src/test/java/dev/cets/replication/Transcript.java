package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.Leading;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.OnLink;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Write.Change;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Frames as text that a person can read. Stamps count from the first one of the wall clock. */
final class Transcript {
  private Transcript() {}

  static String text(ByteBuffer frame, Incarnation sender) {
    ByteBuffer copy = frame.duplicate();
    int kind = Envelope.open(copy);
    WireReader body = new WireReader(copy);
    if (kind < MessageCodec.FIRST_ON_LINK) {
      return text(MessageCodec.decode(kind, body));
    }
    String link = "[" + body.readNumber() + "<" + body.readNumber() + "] ";
    return link + text(Note.CODEC.decode(kind, body, sender));
  }

  private static String text(Message message) {
    return switch (message) {
      case Greeting greeting ->
          "greeting "
              + greeting.cluster()
              + " "
              + greeting.incarnation().name()
              + (greeting.gone().isEmpty() ? "" : " gone " + greeting.gone().keySet());
      case Refusal refusal -> "refusal: " + refusal.reason();
      case StartTaken taken -> "start taken";
      case Beat beat ->
          "beat "
              + beat.sent().stream()
                  .map(sent -> "[" + sent.to() + "<" + sent.from() + "]" + stamp(sent.stamp()))
                  .toList();
      case Leaving leaving -> "leaving";
      case Message.GivenUp givenUp -> "given up " + givenUp.gone().keySet();
      case Message.Replaced replaced -> "replaced";
      case Message.NameTaken taken -> "name taken by " + taken.address();
      case Message.AskStatus question -> "ask status " + question.id();
      case Message.TellStatus answer -> "tell status " + answer.id() + " " + answer.figures();
      case Hello hello -> "hello " + hello.mine() + " to " + hello.yours();
      case HelloRefused refused -> "hello " + refused.yours() + " refused: " + refused.reason();
      case Stale stale -> "stale [" + stale.to() + "<" + stale.from() + "]";
      case OnLink<?, ?> onLink -> throw new IllegalArgumentException("never made: " + onLink);
    };
  }

  private static String text(LinkMessage<String, Note> message) {
    return switch (message) {
      case Writes<String, Note> writes ->
          "writes "
              + writes.writes().stream().map(Transcript::text).collect(Collectors.joining(", "));
      case Ack<String, Note> ack -> "ack " + stamp(ack.stamp());
      case Leading<String, Note> leading -> leading(leading);
      case Dumping<String, Note> dumping -> dump(dumping);
      case LinkMessage.Paused<String, Note> paused ->
          "paused by " + paused.holds().stream().map(LinkMessage.Paused.Hold::holder).toList();
      case LinkMessage.PausedTaken<String, Note> taken -> "pauses taken";
      case LinkMessage.Pulled<String, Note> pulled -> "pulled";
      case LinkMessage.Awaited<String, Note> awaited -> "awaited after " + stamp(awaited.stamp());
      case Joined<String, Note> joined -> "joined";
      case PullMe<String, Note> pullMe -> "pull me";
      case Pull<String, Note> pull ->
          "pull "
              + pull.id()
              + " of "
              + pull.digests().length / 2
              + " buckets"
              + (pull.last() ? "" : " and more")
              + ", seen "
              + seen(pull.seen());
      case LinkMessage.Differing<String, Note> differing ->
          "differing " + differing.id() + " in " + differing.ranges().size() + " ranges";
      case Base<String, Note> base -> "base " + base.id() + " " + context(base.context());
      case Chunk<String, Note> chunk ->
          "chunk "
              + chunk.id()
              + " of "
              + chunk.part().ranges().size()
              + " ranges"
              + (chunk.rests().isEmpty() ? "" : " and " + chunk.rests().size() + " in part")
              + ": "
              + copies(chunk.copies())
              + ", "
              + context(chunk.context());
      case ChunkTaken<String, Note> taken ->
          "chunk taken "
              + taken.id()
              + (taken.unclear().isEmpty() ? "" : ", " + taken.unclear().size() + " unclear");
      case End<String, Note> end ->
          "end " + end.id() + " of " + end.chunks() + " chunks, gone " + end.gone().keySet();
      case Confirm<String, Note> confirm -> "confirm " + keys(confirm.versions());
      case Confirmed<String, Note> confirmed ->
          "confirmed " + copies(confirmed.copies()) + ", " + context(confirmed.context());
      case Fetch<String, Note> fetch -> "fetch " + keys(fetch.versions());
      case Fetched<String, Note> fetched ->
          "fetched " + copies(fetched.copies()) + ", " + context(fetched.context());
    };
  }

  private static String leading(Leading<String, Note> message) {
    return switch (message) {
      case Leading.Reserve<String, Note> ask ->
          "may I write " + ask.group() + (ask.ifAbsent() ? ", if it is not there" : "");
      case Leading.Reserved<String, Note> may ->
          "you may, after "
              + may.held().stream().map(held -> name(held.origin(), held.stamp())).toList();
      case Leading.Present<String, Note> present -> "there is " + present.record();
      case Leading.NotLeading<String, Note> not -> "ask somebody else";
      case Leading.Release<String, Note> release ->
          "done with " + release.group() + " by " + stamp(release.stamp());
    };
  }

  private static String dump(Dumping<String, Note> message) {
    return switch (message) {
      case Dumping.Ask<String, Note> ask ->
          "dump " + ask.id() + (ask.group() == null ? "" : " of " + ask.group());
      case Dumping.Part<String, Note> part ->
          "dump "
              + part.id()
              + " part "
              + part.number()
              + " "
              + part.rows().stream().map(row -> row.key() + "=" + row.record().text()).toList();
      case Dumping.Taken<String, Note> taken -> "dump " + taken.id() + " part taken";
      case Dumping.Done<String, Note> done ->
          "dump " + done.id() + " done, " + done.parts() + " parts";
      case Dumping.Refused<String, Note> refused ->
          "dump " + refused.id() + " refused: " + refused.reason();
    };
  }

  private static String text(Write<String, Note> write) {
    return stamp(write.previous())
        + ".."
        + stamp(write.stamp())
        + " "
        + write.changes().stream().map(Transcript::text).toList();
  }

  private static String text(Change<String, Note> change) {
    Note note = change.record();
    List<String> replaces =
        change.replaces().stream().map(old -> name(old.origin(), old.stamp())).toList();
    return (note == null ? "-" + change.key() : change.key() + "=" + note.text())
        + (replaces.isEmpty() ? "" : " for " + replaces);
  }

  private static String copies(List<Copy<String, Note>> copies) {
    return copies.stream()
        .sorted(Comparator.comparing(Copy::key))
        .map(
            copy ->
                copy.key()
                    + copy.versions().stream()
                        .map(
                            version ->
                                name(version.origin(), version.stamp())
                                    + (version.bare()
                                        ? " bare"
                                        : version.record() == null ? " known" : ""))
                        .toList())
        .toList()
        .toString();
  }

  private static String context(Context<String> context) {
    return "seen "
        + seen(context.seen())
        + (context.early().isEmpty() ? "" : ", early " + keys(List.copyOf(context.early())));
  }

  private static String keys(List<KeyVersion<String>> versions) {
    return versions.stream()
        .map(version -> version.key() + " " + name(version.origin(), version.stamp()))
        .sorted()
        .toList()
        .toString();
  }

  private static String seen(Map<Incarnation, Intervals> seen) {
    return seen.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey().name() + intervals(entry.getValue()))
        .toList()
        .toString();
  }

  private static String intervals(Intervals pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces.pieces(); i++) {
      text.append(' ').append(stamp(pieces.from(i))).append("..").append(stamp(pieces.to(i)));
    }
    return text.toString();
  }

  private static String name(Incarnation origin, long stamp) {
    return origin.name() + stamp(stamp);
  }

  private static String stamp(long stamp) {
    return stamp == 0 ? "0" : "+" + (stamp - (Net.WALL << 16) + 1);
  }
}
