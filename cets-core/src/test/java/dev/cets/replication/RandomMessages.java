package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Awaited;
import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.Leading;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Pulled;
import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Write.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages of every kind, by chance. */
final class RandomMessages {
  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  /** One of each kind. */
  List<Message> messages() {
    return List.of(
        new Greeting(
            random.nextInt(5), random.nextInt(5), text(), origin(), stamp(), starts(), stamp()),
        new Refusal(text()),
        new StartTaken(stamp()),
        new Beat(
            stamp(),
            list(
                () ->
                    new Beat.Sent(
                        number(),
                        number(),
                        stamp(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        stamp()))),
        new Leaving(),
        new Message.GivenUp(starts()),
        new Message.Replaced(stamp()),
        new Message.NameTaken(text()),
        new Message.AskStatus(number()),
        new Message.TellStatus(number(), figures()),
        new Hello(text(), text(), Math.max(1, number()), number()),
        new HelloRefused(text(), number(), random.nextBoolean() ? text() : null),
        new Stale(number(), number()));
  }

  /** One of each kind, writes excepted. */
  List<LinkMessage<String, Note>> linkMessages() {
    return List.of(
        new Ack<>(stamp(), stamp()),
        new Pulled<>(),
        new Awaited<>(stamp()),
        new Joined<>(),
        new PullMe<>(),
        pull(),
        new Differing<>(number(), ranges()),
        new Base<>(number(), context()),
        new Chunk<>(number(), number(), part(), rests(), copies(), context(), starts(), number()),
        new ChunkTaken<>(number(), number(), ranges()),
        new End<>(number(), number(), number(), starts()),
        new Confirm<>(number(), list(this::keyVersion)),
        new Confirmed<>(number(), copies(), context(), starts()),
        new LinkMessage.Fetch<>(number(), list(this::keyVersion)),
        new LinkMessage.Fetched<>(number(), copies(), context(), starts()),
        new Leading.Reserve<>(number(), text(), random.nextBoolean(), number()),
        new Leading.Reserved<>(number(), list(() -> new VersionId(origin(), stamp()))),
        new Leading.Present<>(number(), random.nextBoolean() ? null : new Note(text(), text())),
        new Leading.NotLeading<>(number()),
        new Leading.Release<>(number(), text(), stamp()),
        new LinkMessage.Paused<>(number(), list(this::hold)),
        new LinkMessage.PausedTaken<>(number(), stamp()),
        new Dumping.Ask<>(number(), random.nextBoolean() ? text() : null, number()),
        new Dumping.Part<>(number(), number(), list(this::row)),
        new Dumping.Taken<>(number()),
        new Dumping.Done<>(number(), number()),
        new Dumping.Refused<>(number(), text()));
  }

  private List<Rest> rests() {
    return ranges().stream()
        .map(range -> new Rest(range, random.nextLong(), random.nextLong()))
        .toList();
  }

  private LinkMessage.Paused.Hold hold() {
    return new LinkMessage.Paused.Hold(number(), text(), number());
  }

  private Dumping.Row<String, Note> row() {
    return new Dumping.Row<>(text(), new Note(text(), text()));
  }

  List<Write<String, Note>> writes(Incarnation self) {
    return list(
        () -> {
          long previous = number() / 4;
          return new Write<>(
              previous, previous + 1 + random.nextInt(1000), list(() -> change(self)));
        });
  }

  private Change<String, Note> change(Incarnation self) {
    String key = text();
    List<VersionId> replaces =
        list(() -> new VersionId(random.nextBoolean() ? self : origin(), stamp()));
    return new Change<>(
        key, Note.hash(key), random.nextBoolean() ? new Note(key, text()) : null, replaces);
  }

  private Map<String, List<String>> figures() {
    Map<String, List<String>> figures = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      figures.put(text(), list(this::text));
    }
    return figures;
  }

  private Pull<String, Note> pull() {
    int bits = 1 + random.nextInt(30);
    int count = 1 + random.nextInt(Math.min(20, 1 << bits));
    int first = random.nextInt((1 << bits) - count + 1);
    long[] digests = random.longs(2L * count).toArray();
    return new Pull<>(
        number(), number(), bits, first, digests, random.nextBoolean(), seen(), starts());
  }

  /** They ascend, as unsigned numbers; some hold one hash only. */
  private List<HashRange> ranges() {
    long[] bounds =
        random.longs(6).boxed().sorted(Long::compareUnsigned).mapToLong(each -> each).toArray();
    List<HashRange> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      switch (random.nextInt(3)) {
        case 0 -> ranges.add(new HashRange(bounds[i], bounds[i + 1]));
        case 1 -> ranges.add(new HashRange(bounds[i], bounds[i]));
        default -> {} // none here
      }
    }
    return ranges;
  }

  private TablePart part() {
    List<HashRange> ranges = ranges();
    return ranges.isEmpty() ? TablePart.of(ranges) : new TablePart(ranges, bound(), bound());
  }

  private byte @Nullable [] bound() {
    return random.nextBoolean() ? Note.KEYS.encode(text()) : null;
  }

  private List<Copy<String, Note>> copies() {
    return list(
        () -> {
          String key = text();
          return new Copy<>(
              key,
              Note.hash(key),
              list(
                  () -> {
                    Note note = new Note(key, text());
                    return random.nextBoolean()
                        ? new CopiedVersion<>(origin(), stamp(), null, null, random.nextBoolean())
                        : new CopiedVersion<>(origin(), stamp(), note, Note.NOTES.encode(note));
                  }));
        });
  }

  private Context<String> context() {
    return new Context<>(seen(), new HashSet<>(list(this::keyVersion)));
  }

  private Map<Incarnation, Intervals> seen() {
    Map<Incarnation, Intervals> seen = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Intervals pieces = seen.computeIfAbsent(origin(), origin -> new Intervals());
      for (int more = 1 + random.nextInt(3); more > 0; more--) {
        long from = random.nextInt(100);
        pieces.add(from, from + 1 + random.nextInt(20));
      }
    }
    return seen;
  }

  private KeyVersion<String> keyVersion() {
    String key = text();
    return new KeyVersion<>(key, Note.hash(key), origin(), stamp());
  }

  private Map<String, Long> starts() {
    Map<String, Long> starts = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      starts.put(text(), stamp());
    }
    return starts;
  }

  private Incarnation origin() {
    return new Incarnation("node-" + random.nextInt(4), random.nextInt(3));
  }

  private String text() {
    return "t\u00e4\ud83d\ude00".repeat(random.nextInt(3)) + random.nextInt(1000);
  }

  private long number() {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  /** From 0 to the latest one, and sometimes one of these two. */
  private long stamp() {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> HybridClock.LATEST;
      default -> random.nextLong() >>> 2;
    };
  }

  private <T> List<T> list(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(one.get());
    }
    return list;
  }
}
