package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dumps of a peer's replica: how they are asked for and shown, and how they end. */
class DumpProtocolTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Settings SMALL =
      Settings.DEFAULTS.withChunkBytes(40).withChunksInFlight(2).withMaxDumps(3);

  private final Net net = new Net();
  private final Node a = net.node("a", "test", SMALL, 0).open(false);
  private final Node b = net.node("b", "test", SMALL, 0).open(false);

  /** A caller, and what it was told. */
  private static final class Caller implements DumpCall<String, Note> {
    final List<String> shown = new ArrayList<>();
    final List<String> ends = new ArrayList<>();

    @Override
    public void shown(String key, Note record) {
      shown.add(key + "=" + record.text());
    }

    @Override
    public void done() {
      ends.add("done");
    }

    @Override
    public void failed(String reason) {
      ends.add(reason);
    }
  }

  private Caller dump(Node asking, String of) {
    Caller caller = new Caller();
    asking.now();
    asking.table().callers().dump(of, net.nanos() + DEADLINE.toNanos(), caller);
    return caller;
  }

  private static String[] writes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i + "=" + i).toArray(String[]::new);
  }

  private List<String> said(String what) {
    return net.transcript.stream().filter(line -> line.contains("dump " + what)).toList();
  }

  @Test
  void dump_joinedPeer_tellsWhatItsReadersSee() {
    net.join(a, b);
    b.write("k=1", "l=2");
    a.write("m=3");
    net.run();
    net.transcript.clear();

    Caller caller = dump(a, "b");
    net.run();

    assertThat(caller.shown).containsExactlyInAnyOrder("k=1", "l=2", "m=3");
    assertThat(caller.ends).containsExactly("done");
    assertThat(net.transcript).hasSize(6).first().isEqualTo("a > b  [1<1] dump 1");
    assertThat(net.transcript).last().isEqualTo("b > a  [1<1] dump 1 done, 2 parts");
  }

  @Test
  void dump_emptyTable_isDoneAtOnce() {
    net.join(a, b);

    Caller caller = dump(a, "b");
    net.run();

    assertThat(caller.shown).isEmpty();
    assertThat(caller.ends).containsExactly("done");
  }

  @Test
  void dump_manyRecords_atMostTheAllowedPartsAreUnderWay() {
    net.join(a, b);
    b.write(writes(30));
    net.run();
    net.loses = delivery -> delivery.text().contains("part taken");
    net.transcript.clear();

    Caller caller = dump(a, "b");
    net.run();

    assertThat(said("1 part ")).hasSize(4); // two, and two lost answers
    assertThat(caller.shown).hasSizeBetween(4, 8);
    assertThat(caller.ends).isEmpty();
    net.live(DEADLINE.plusSeconds(1));
    assertThat(caller.ends).hasSize(1).first().asString().contains("the deadline passed");
  }

  @Test
  void dump_connectionIsNotWritable_partsWaitUntilItIs() {
    net.join(a, b);
    b.write(writes(3));
    net.run();
    net.end(b, a).writable(false);

    Caller caller = dump(a, "b");
    net.run();
    assertThat(caller.shown).isEmpty();

    net.end(b, a).writable(true);
    b.core.writable(net.end(b, a));
    net.run();
    assertThat(caller.ends).containsExactly("done");
  }

  @Test
  void dump_nodeThatIsNotLinked_failsAtOnce() {
    Caller caller = dump(a, "z");

    assertThat(caller.ends).hasSize(1);
    assertThat(caller.ends.getFirst())
        .startsWith("table notes is not linked with node z; its links are {");
  }

  @Test
  void dump_moreThanAreAnsweredAtOnce_theNextIsRefusedAndLaterOnesAreNot() {
    net.join(a, b);
    b.write(writes(30));
    net.run();
    net.loses = delivery -> delivery.text().contains("part taken");
    List<Caller> callers = List.of(dump(a, "b"), dump(a, "b"), dump(a, "b"), dump(a, "b"));
    net.run();

    assertThat(callers.subList(0, 3)).allMatch(caller -> caller.ends.isEmpty());
    assertThat(callers.get(3).ends)
        .containsExactly(
            "no dump of node b: it answers 3 dumps of table notes already, the most at once;"
                + " 0 records had come, and none of them is told");

    net.loses = delivery -> false;
    net.live(DEADLINE.plusSeconds(1));
    Caller later = dump(a, "b");
    net.run();
    assertThat(later.ends).containsExactly("done");
  }

  @Test
  void dump_linkEndsInTheMiddle_fails() {
    net.join(a, b);
    b.write(writes(30));
    net.run();
    Caller caller = dump(a, "b");
    while (caller.shown.isEmpty()) {
      assertThat(net.step()).isTrue();
    }

    net.cut(a, b);
    net.run();

    assertThat(caller.ends).hasSize(1);
    assertThat(caller.ends.getFirst()).startsWith("no dump of node b: the link with it ended; ");
    assertThat(caller.shown).hasSizeLessThan(30);
  }

  @Test
  void dump_tableOfThePeerIsClosedInTheMiddle_fails() {
    net.join(a, b);
    b.write(writes(30));
    net.run();
    Caller caller = dump(a, "b");
    while (caller.shown.isEmpty()) {
      assertThat(net.step()).isTrue();
    }

    b.core.close("notes");
    net.run();

    assertThat(caller.ends).hasSize(1).first().asString().contains("the link with it ended");
  }

  @Test
  void dump_aPartIsLost_failsInsteadOfTellingARest() {
    for (String lost : List.of("dump 1 part 1 ", "dump 1 part 2 ", "dump 1 part 3 ")) {
      Net other = new Net();
      Node asking = other.node("a", "test", SMALL, 0).open(false);
      Node asked = other.node("b", "test", SMALL, 0).open(false).write(writes(7));
      other.join(asking, asked);
      other.loses = delivery -> delivery.text().contains(lost);
      Caller caller = new Caller();
      asking.table().callers().dump("b", DEADLINE.toNanos(), caller);
      other.run();
      other.live(DEADLINE.plusSeconds(1));

      assertThat(caller.ends).as(lost).hasSize(1);
      assertThat(caller.ends.getFirst()).as(lost).startsWith("no dump of node b: ");
    }
  }

  @Test
  void dump_keysWhoseOwnerIsDown_areNotShown() {
    Node c = net.node("c").open(false);
    net.join(a, b, c);
    c.write(writes(5000));
    b.write("m=3");
    net.run();
    net.cut(b, c);
    net.run();

    Caller caller = dump(a, "b");
    net.run();

    assertThat(caller.shown).containsExactly("m=3");
    assertThat(caller.ends).containsExactly("done");
  }

  @Test
  void dump_tableIsClosedHere_failsWithTheReason() {
    net.join(a, b);
    Caller caller = dump(a, "b");

    a.core.close("notes");

    assertThat(caller.ends).hasSize(1);
  }
}
