package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.FrameRefused;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.replication.Net.Node;
import dev.cets.replication.Write.Change;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames whose checksum is right, and whose numbers are not. The link is 1 on both sides. */
@Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtremeNumbersTest {
  private static final int PULL = MessageCodec.FIRST_ON_LINK + 4;
  private static final int BASE = MessageCodec.FIRST_ON_LINK + 5;
  private static final int LARGE = 2 * 1024 * 1024;

  private final Net net = new Net();
  private long pulls;
  private final Node a = net.node("a").open(false);
  private final Node b = net.node("b").open(false);

  @BeforeEach
  void join() {
    a.write("k=1", "l=2");
    net.connect(a, b);
    net.run();
    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
    b.events.clear();
  }

  private void receive(byte[] frame) {
    b.core.received(net.end(b, a), ByteBuffer.wrap(frame));
    b.core.flush();
  }

  private void onLink(int kind, Consumer<WireWriter> body) {
    receive(
        Frames.of(
            kind,
            out -> {
              out.putCount(1);
              out.putCount(1);
              body.accept(out);
            }));
  }

  private void refused(int kind, Consumer<WireWriter> body) {
    List<Object> before = b.state();
    onLink(kind, body);
    assertThat(b.events).hasSize(1).first().isInstanceOf(FrameRefused.class);
    assertThat(b.state()).isEqualTo(before);
  }

  private void pull(WireWriter out, int bits, long first, int digests, boolean last) {
    out.putCount(++pulls);
    out.putCount(0);
    out.putByte(bits);
    out.putCount(first);
    out.putCount(digests);
    for (int i = 0; i < digests; i++) {
      out.putLong(i);
    }
    out.putByte(last ? 1 : 0);
    out.putCount(0);
    out.putCount(0);
  }

  @Test
  void frame_ofAKindThatThereIsNot_refused() {
    refused(255, out -> {});
    b.events.clear();

    receive(Frames.of(0, out -> {}));

    assertThat(b.told(FrameRefused.class)).singleElement().asString().contains("unknown kind 0");
  }

  @Test
  void pull_bitsThatThereAreNot_refused() {
    for (int bits : new int[] {0, 31, 63, 64, 255}) {
      b.events.clear();
      refused(PULL, out -> pull(out, bits, 0, 2, true));
    }
  }

  @Test
  void pull_firstBeyondTheBuckets_refused() {
    for (long first : new long[] {256, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE - 1}) {
      b.events.clear();
      refused(PULL, out -> pull(out, 8, first, 2, true));
    }
  }

  @Test
  void pull_firstNearTheLargestNumber_refused() {
    onLink(PULL, out -> pull(out, 8, 0, 2, false));
    b.events.clear();
    refused(PULL, out -> pull(out, 8, Long.MAX_VALUE, 2, true));
  }

  @Test
  void pull_oddNumberOfDigests_refused() {
    refused(PULL, out -> pull(out, 8, 0, 3, true));
  }

  @Test
  void pull_finestPartition_answered() {
    onLink(PULL, out -> pull(out, 30, 0, 2, true));
    onLink(PULL, out -> pull(out, 30, 1, 2, true));
    onLink(PULL, out -> pull(out, 1, 0, 4, true));

    assertThat(b.events).isEmpty();
  }

  @Test
  void pull_countNearTheLargestNumber_refused() {
    for (long count : new long[] {Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE}) {
      b.events.clear();
      refused(
          PULL,
          out -> {
            out.putCount(9);
            out.putByte(30);
            out.putCount(0);
            out.putCount(count);
          });
    }
  }

  private void base(long from, long to) {
    onLink(
        BASE,
        out -> {
          out.putCount(1);
          out.putCount(1);
          out.putCount(0);
          out.putText("x");
          out.putLong(1);
          out.putCount(1);
          out.putLong(from);
          out.putLong(to);
          out.putCount(0);
        });
  }

  @Test
  void base_intervalThatIsNone_refused() {
    long[][] none = {{-1, 5}, {5, 5}, {6, 5}, {Long.MIN_VALUE, Long.MAX_VALUE}, {0, -1}};
    for (long[] bounds : none) {
      b.events.clear();
      base(bounds[0], bounds[1]);
      assertThat(b.events).hasSize(1).first().isInstanceOf(FrameRefused.class);
    }
  }

  @Test
  void base_veryManyIntervals_boundedTime() {
    onLink(
        BASE,
        out -> {
          int count = LARGE / 8; // a frame of 4 MiB
          out.putCount(1);
          out.putCount(1);
          out.putCount(0);
          out.putText("x");
          out.putLong(1);
          out.putCount(count);
          for (int i = 1; i <= count; i++) {
            out.putLong(3L * i);
            out.putLong(3L * i + 1);
          }
          out.putCount(0);
        });

    assertThat(b.events).isEmpty();
  }

  private void pullPart(int number, int first, boolean last) {
    receive(
        Frames.of(1, 1, new Pull<>(9, number, 8, first, new long[4], last, Map.of(), Map.of())));
  }

  @Test
  void pull_oneOfItsPartsIsLost_linkedAgain() {
    pullPart(0, 0, false);
    assertThat(b.events).isEmpty();

    pullPart(2, 4, true);

    assertThat(b.told(Event.LinkedAgain.class)).hasSize(1);
  }

  @Test
  void pull_itsFirstPartIsLost_linkedAgain() {
    pullPart(1, 2, true);

    assertThat(b.told(Event.LinkedAgain.class)).hasSize(1);
  }

  @Test
  void pull_aPartComesTwice_isTakenOnce() {
    pullPart(0, 0, false);
    pullPart(0, 0, false);
    pullPart(1, 2, true);

    assertThat(b.events).isEmpty();
    assertThat(net.transcript).filteredOn(line -> line.contains("b > a  [1<1] base 9")).hasSize(1);
  }

  private void chunk(List<HashRange> ranges) {
    chunk(TablePart.of(ranges), List.of());
  }

  private void chunk(TablePart part, List<Rest> rests) {
    Context<String> context = new Context<>(Map.of(), Set.of());
    receive(
        Frames.of(
            1, 1, new Chunk<>(b.linkTo(a).pulls, 1, part, rests, List.of(), context, Map.of(), 0)));
  }

  @Test
  void chunk_rangesThatAreNoneOrDoNotAscend_refused() {
    List<Object> before = b.state();
    b.table().compare();
    HashRange some = new HashRange(5, 9);
    List<List<HashRange>> refused =
        List.of(
            List.of(new HashRange(-1, 0)),
            List.of(new HashRange(5, 4)),
            List.of(new HashRange(-1, Long.MAX_VALUE)),
            List.of(some, some),
            List.of(some, new HashRange(9, 12)),
            List.of(some, new HashRange(1, 2)),
            List.of(new HashRange(-9, -5), some));
    for (List<HashRange> ranges : refused) {
      b.events.clear();
      chunk(ranges);

      assertThat(b.events).as("%s", ranges).hasSize(1).first().isInstanceOf(FrameRefused.class);
      assertThat(b.state()).as("%s", ranges).isEqualTo(before);
      b.events.clear();
      chunk(TablePart.of(List.of()), ranges.stream().map(range -> new Rest(range, 0, 0)).toList());

      assertThat(b.events).as("%s", ranges).hasSize(1).first().isInstanceOf(FrameRefused.class);
    }
  }

  @Test
  void chunk_noRangesButUpToAKey_refused() {
    List<Object> before = b.state();
    b.table().compare();
    b.events.clear();

    chunk(new TablePart(List.of(), null, new byte[1]), List.of());

    assertThat(b.events).hasSize(1).first().isInstanceOf(FrameRefused.class);
    assertThat(b.state()).isEqualTo(before);
  }

  @Test
  void chunk_veryManyRanges_boundedTime() {
    for (int i = 0; i < 5_000; i++) {
      a.write("key" + i + "=x");
    }
    net.run();
    b.table().compare();
    List<HashRange> ranges = new ArrayList<>();
    int count = LARGE / 16;
    long step = Long.divideUnsigned(-1, count);
    for (int i = 0; i < count; i++) {
      ranges.add(new HashRange(i * step, (i + 1) * step - 1));
    }
    b.events.clear();
    chunk(ranges);

    assertThat(b.events).isEmpty();
  }

  private void write(long previous, long stamp, List<Change<String, Note>> changes) {
    Incarnation writer = a.core.incarnation();
    receive(Frames.of(1, 1, 1, List.of(new Write<>(previous, stamp, changes)), writer));
  }

  @Test
  void write_stampNotBehindItsPredecessor_refused() {
    long[][] none = {{-1, 5}, {5, 5}, {6, 5}, {Long.MAX_VALUE, Long.MIN_VALUE}};
    for (long[] stamps : none) {
      b.events.clear();
      write(stamps[0], stamps[1], List.of());
      assertThat(b.events).hasSize(1).first().isInstanceOf(FrameRefused.class);
    }
  }

  @Test
  void write_stampBeyondTheLatest_refusedAndOwnWritesGoOn() {
    long last = a.table().snapshot().unbroken().getOrDefault(a.core.incarnation(), 0L);
    for (long stamp : new long[] {HybridClock.LATEST + 1, Long.MAX_VALUE}) {
      b.events.clear();
      write(last, stamp, List.of());
      assertThat(b.events).hasSize(1).first().isInstanceOf(FrameRefused.class);
    }

    b.write("m=2");
    net.run();

    assertThat(b.records()).contains("m=2");
    assertThat(a.records()).contains("m=2");
  }

  /** Just beyond what the skew of a minute and the margin of a day allow. */
  private static long tooFarAhead() {
    return (Net.WALL + Duration.ofDays(1).plusSeconds(61).toMillis()) << 16;
  }

  private void assertSkewed() {
    assertThat(net.end(b, a).closed()).contains("CLOCK_SKEW");
    assertThat(b.told(Event.NodeRefused.class).getFirst().reason())
        .isEqualTo("CLOCK_SKEW: a stamp is 86461000 ms ahead of the clock here");
    b.write("m=2");
    assertThat(b.core.clock().next()).isLessThan((Net.WALL + 1) << 16);
  }

  @Test
  void write_stampFarAheadOfTheClock_connectionEndsAndTheOwnClockStays() {
    long last = a.table().snapshot().unbroken().getOrDefault(a.core.incarnation(), 0L);
    Change<String, Note> change = new Change<>("z", Note.hash("z"), new Note("z", "1"), List.of());

    write(last, tooFarAhead(), List.of(change));

    assertSkewed();
    assertThat(b.store.versions("z")).isNull();
  }

  @Test
  void write_stampAheadAsFarAsAllowed_takenIn() {
    long last = a.table().snapshot().unbroken().getOrDefault(a.core.incarnation(), 0L);
    Change<String, Note> change = new Change<>("z", Note.hash("z"), new Note("z", "1"), List.of());

    write(last, tooFarAhead() - (1000L << 16), List.of(change));

    assertThat(b.events).isEmpty();
    assertThat(b.records()).contains("z=1");
  }

  @Test
  void base_intervalFarAheadOfTheClock_connectionEndsAndTheOwnClockStays() {
    base(5, tooFarAhead());

    assertSkewed();
  }

  @Test
  void gone_startFarAheadOfTheClock_connectionEndsAndTheNodeStaysWhatItIs() {
    Incarnation before = b.core.incarnation();

    receive(
        Frames.of(
            1, 1, new Pull<>(9, 0, 8, 0, new long[2], true, Map.of(), Map.of("b", tooFarAhead()))));

    assertSkewed();
    assertThat(b.core.incarnation()).isEqualTo(before);
  }

  @Test
  void write_sameKeyTwice_standsOnce() {
    long last = a.table().snapshot().unbroken().getOrDefault(a.core.incarnation(), 0L);
    Change<String, Note> change = new Change<>("z", Note.hash("z"), new Note("z", "1"), List.of());

    write(last, last + 1, List.of(change, change));

    LiveVersions<String, Note> live = b.store.versions("z");
    assertThat(live == null ? 0 : live.count()).isLessThanOrEqualTo(1);
  }

  @Test
  void gone_startAheadAsFarAsAllowed_nodesFindBackToEachOther() {
    receive(
        Frames.of(
            1,
            1,
            new Pull<>(
                9,
                0,
                8,
                0,
                new long[2],
                true,
                Map.of(),
                Map.of("b", tooFarAhead() - (1000L << 16)))));

    for (int steps = 0; steps < 1_000 && net.step(); steps++) {
      assertThat(b.core.incarnation().start()).isPositive();
    }
    assertThat(net.isQuiet()).as("a and b greet each other for ever").isTrue();
  }
}
