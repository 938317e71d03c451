package dev.cets.replication;

import dev.cets.replication.Message.AskStatus;
import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.GivenUp;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.NameTaken;
import dev.cets.replication.Message.OnLink;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Replaced;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Message.TellStatus;
import dev.cets.spi.DecodeException;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of the messages about nodes and hellos. Numbers of kinds are never used again for
 * something else. What a newer node adds at the end of a greeting is skipped.
 */
final class MessageCodec {
  private static final int GREETING = 1;
  private static final int REFUSAL = 2;
  private static final int START_TAKEN = 3;
  private static final int BEAT = 4;
  private static final int LEAVING = 5;
  private static final int HELLO = 6;
  private static final int HELLO_REFUSED = 7;
  private static final int STALE = 8;
  private static final int GIVEN_UP = 9;
  private static final int REPLACED = 10;
  private static final int NAME_TAKEN = 11;
  private static final int ASK_STATUS = 12;
  private static final int TELL_STATUS = 13;

  /** From here on: messages on a link. */
  static final int FIRST_ON_LINK = 16;

  private static final int SMALL = 64;
  private static final int SENT_BYTES = 19;
  private static final int PULLED = 1;
  private static final int JOINED = 2;

  private MessageCodec() {}

  static ByteBuffer encode(Message message) {
    WireWriter out = Envelope.begin(kind(message), SMALL);
    switch (message) {
      case Greeting greeting -> {
        out.putCount(greeting.oldestVersion());
        out.putCount(greeting.newestVersion());
        out.putText(greeting.cluster());
        putIncarnation(out, greeting.incarnation());
        out.putLong(greeting.clockMillis());
        putStarts(out, greeting.gone());
        out.putLong(greeting.capabilities());
      }
      case Refusal refusal -> out.putText(refusal.reason());
      case StartTaken taken -> out.putLong(taken.highest());
      case Beat beat -> {
        out.putLong(beat.clockMillis());
        out.putCount(beat.sent().size());
        for (Beat.Sent sent : beat.sent()) {
          out.putCount(sent.to());
          out.putCount(sent.from());
          out.putLong(sent.stamp());
          out.putByte((sent.pulled() ? PULLED : 0) | (sent.joined() ? JOINED : 0));
          out.putLong(sent.nodes());
        }
      }
      case Leaving leaving -> {}
      case GivenUp givenUp -> putStarts(out, givenUp.gone());
      case Replaced replaced -> out.putLong(replaced.start());
      case NameTaken taken -> out.putText(taken.address());
      case AskStatus question -> out.putCount(question.id());
      case TellStatus answer -> {
        out.putCount(answer.id());
        putFigures(out, answer.figures());
      }
      case Hello hello -> {
        out.putText(hello.table());
        out.putText(hello.fingerprint());
        out.putCount(hello.mine());
        out.putCount(hello.yours());
      }
      case HelloRefused refused -> {
        out.putText(refused.table());
        out.putCount(refused.yours());
        out.putByte(refused.reason() == null ? 0 : 1);
        if (refused.reason() != null) {
          out.putText(refused.reason());
        }
      }
      case Stale stale -> {
        out.putCount(stale.to());
        out.putCount(stale.from());
      }
      case OnLink<?, ?> onLink ->
          throw new IllegalArgumentException("encoded by its table: " + onLink);
    }
    return Envelope.end(out);
  }

  /** The message of an opened frame. */
  static Message decode(int kind, WireReader in) {
    Message message =
        switch (kind) {
          case GREETING ->
              new Greeting(
                  version(in),
                  version(in),
                  in.readText(),
                  incarnation(in),
                  in.readLong(),
                  starts(in),
                  in.readLong());
          case REFUSAL -> new Refusal(in.readText());
          case START_TAKEN -> new StartTaken(stamp(in));
          case BEAT -> new Beat(in.readLong(), sent(in));
          case LEAVING -> new Leaving();
          case GIVEN_UP -> new GivenUp(starts(in));
          case REPLACED -> new Replaced(stamp(in));
          case NAME_TAKEN -> new NameTaken(in.readText());
          case ASK_STATUS -> new AskStatus(in.readNumber());
          case TELL_STATUS -> new TellStatus(in.readNumber(), figures(in));
          case HELLO -> new Hello(in.readText(), in.readText(), attempt(in), in.readNumber());
          case HELLO_REFUSED ->
              new HelloRefused(
                  in.readText(), in.readNumber(), in.readByte() == 0 ? null : in.readText());
          case STALE -> new Stale(in.readNumber(), in.readNumber());
          default -> throw new DecodeException("a message of the unknown kind " + kind);
        };
    if (kind != GREETING) {
      in.end();
    }
    return message;
  }

  static void putIncarnation(WireWriter out, Incarnation incarnation) {
    out.putText(incarnation.name());
    out.putLong(incarnation.start());
  }

  static Incarnation incarnation(WireReader in) {
    return new Incarnation(in.readText(), stamp(in));
  }

  /**
   * A stamp or a start: 0 or more, and not so late that none could follow.
   *
   * @throws ClockSkewException if it is too far ahead of the clock here; it must not come to
   *     anybody's knowledge
   */
  static long stamp(WireReader in) {
    return checkedStamp(in, in.readLong());
  }

  static long checkedStamp(WireReader in, long stamp) {
    if (stamp < 0 || stamp > HybridClock.LATEST) {
      throw new DecodeException("a stamp of " + stamp + "; 0 to 2^62 is allowed");
    }
    if (stamp > in.latestStamp()) {
      throw new ClockSkewException(stamp);
    }
    return stamp;
  }

  private static int version(WireReader in) {
    long version = in.readNumber();
    if (version > Integer.MAX_VALUE) {
      throw new DecodeException("a wire version of " + version);
    }
    return (int) version;
  }

  private static long attempt(WireReader in) {
    long attempt = in.readNumber();
    if (attempt == 0) {
      throw new DecodeException("an attempt of 0; they begin with 1");
    }
    return attempt;
  }

  static void putStarts(WireWriter out, Map<String, Long> starts) {
    out.putCount(starts.size());
    starts.forEach(
        (name, start) -> {
          out.putText(name);
          out.putLong(start);
        });
  }

  static Map<String, Long> starts(WireReader in) {
    Map<String, Long> starts = new TreeMap<>();
    for (int left = in.readCount(Long.BYTES + 1); left > 0; left--) {
      starts.put(in.readText(), stamp(in));
    }
    return starts;
  }

  private static void putFigures(WireWriter out, Map<String, List<String>> figures) {
    out.putCount(figures.size());
    figures.forEach(
        (name, texts) -> {
          out.putText(name);
          out.putCount(texts.size());
          texts.forEach(out::putText);
        });
  }

  private static Map<String, List<String>> figures(WireReader in) {
    Map<String, List<String>> figures = new TreeMap<>();
    for (int left = in.readCount(2); left > 0; left--) {
      String name = in.readText();
      List<String> texts = new ArrayList<>();
      for (int more = in.readCount(1); more > 0; more--) {
        texts.add(in.readText());
      }
      figures.put(name, texts);
    }
    return figures;
  }

  private static List<Beat.Sent> sent(WireReader in) {
    List<Beat.Sent> sent = new ArrayList<>();
    for (int left = in.readCount(SENT_BYTES); left > 0; left--) {
      long to = in.readNumber();
      long from = in.readNumber();
      long stamp = stamp(in);
      int far = in.readByte();
      sent.add(
          new Beat.Sent(to, from, stamp, (far & PULLED) != 0, (far & JOINED) != 0, in.readLong()));
    }
    return sent;
  }

  private static int kind(Message message) {
    return switch (message) {
      case Greeting greeting -> GREETING;
      case Refusal refusal -> REFUSAL;
      case StartTaken taken -> START_TAKEN;
      case Beat beat -> BEAT;
      case Leaving leaving -> LEAVING;
      case GivenUp givenUp -> GIVEN_UP;
      case Replaced replaced -> REPLACED;
      case NameTaken taken -> NAME_TAKEN;
      case AskStatus question -> ASK_STATUS;
      case TellStatus answer -> TELL_STATUS;
      case Hello hello -> HELLO;
      case HelloRefused refused -> HELLO_REFUSED;
      case Stale stale -> STALE;
      case OnLink<?, ?> onLink -> FIRST_ON_LINK;
    };
  }
}
