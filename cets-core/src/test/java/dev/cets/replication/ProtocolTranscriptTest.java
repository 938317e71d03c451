package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What nodes say to each other, word by word. A link is named by its receiver's and its sender's
 * attempt, a write by its origin's stamp.
 */
class ProtocolTranscriptTest {
  private final Net net = new Net();

  private void said(String expected) {
    assertThat(String.join("\n", net.transcript) + "\n").isEqualTo(expected);
  }

  @Test
  void join_filledAndEmptyTable_theYoungerPullsThenTheOlderCompares() {
    Node a = net.node("a").open(false).write("k=1", "l=2");
    Node b = net.node("b").open(false);

    net.connect(a, b);
    net.run();

    said(
        """
        a > b  greeting test a
        b > a  greeting test b
        b > a  hello 1 to 0
        a > b  hello 1 to 0
        a > b  hello 1 to 1
        b > a  hello 1 to 1
        b > a  [1<1] pull 1 of 256 buckets, seen []
        a > b  [1<1] base 1 seen [a 0..+2]
        a > b  [1<1] chunk 1 of 2 ranges: [k[a+1], l[a+2]], seen [a 0..+2]
        a > b  [1<1] end 1 of 1 chunks, gone [a, b]
        b > a  [1<1] chunk taken 1
        b > a  [1<1] pulled
        a > b  [1<1] awaited after +2
        a > b  [1<1] pull 1 of 256 buckets, seen [a 0..+2]
        b > a  [1<1] joined
        b > a  [1<1] base 1 seen [a 0..+2]
        b > a  [1<1] end 1 of 0 chunks, gone [a, b]
        a > b  [1<1] pulled
        b > a  [1<1] awaited after 0
        a > b  [1<1] joined
        """);
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
  }

  @Test
  void write_onAJoinedTable_goesOutAndIsAcknowledged() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.connect(a, b);
    net.run();
    net.transcript.clear();

    a.write("k=1");
    net.run();
    b.write("k=2");
    net.run();
    a.write("k");
    net.run();

    said(
        """
        a > b  [1<1] writes 0..+1 [k=1]
        b > a  [1<1] ack +1
        b > a  [1<1] writes 0..+2 [k=2 for [a+1]]
        a > b  [1<1] ack +2
        a > b  [1<1] writes +1..+3 [-k for [b+2]]
        b > a  [1<1] ack +3
        """);
    assertThat(b.records()).isEmpty();
  }

  @Test
  void disconnected_thirdNode_survivorsCompare() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    Node c = net.node("c").open(false);
    net.connect(a, b);
    net.connect(a, c);
    net.connect(b, c);
    net.run();
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("writes");
    c.write("k=1"); // its last words, which b misses
    net.run();
    net.transcript.clear();
    net.loses = delivery -> false;

    net.cut(a, c);
    net.cut(b, c);
    net.run();

    said(
        """
        a > b  [1<1] pull 2 of 256 buckets, seen [c 0..+1]
        a > b  [1<1] pull me
        b > a  [1<1] pull 2 of 256 buckets, seen []
        b > a  [1<1] pull me
        b > a  [1<1] base 2 seen []
        b > a  [1<1] chunk 2 of 1 ranges: [], seen []
        b > a  [1<1] end 2 of 1 chunks, gone [a, b, c]
        a > b  [1<1] base 2 seen [c 0..+1]
        a > b  [1<1] chunk 2 of 1 ranges: [k[c+1]], seen [c 0..+1]
        a > b  [1<1] end 2 of 1 chunks, gone [a, b, c]
        a > b  [1<1] chunk taken 2
        a > b  [1<1] pull 3 of 256 buckets, seen [c 0..+1]
        b > a  [1<1] chunk taken 2
        b > a  [1<1] pull 3 of 256 buckets, seen [c 0..+1]
        b > a  [1<1] base 3 seen [c 0..+1]
        b > a  [1<1] end 3 of 0 chunks, gone [a, b, c]
        a > b  [1<1] base 3 seen [c 0..+1]
        a > b  [1<1] end 3 of 0 chunks, gone [a, b, c]
        """);
    assertThat(a.state()).isEqualTo(b.state());
    assertThat(b.store.hidden()).isEqualTo(1);
  }

  @Test
  void write_sameKeyOnBothSidesAtOnce_latestWinsOnBoth() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.transcript.clear();

    a.write("k=of a"); // neither knows of the other's
    b.write("k=of b");
    net.run();
    a.write("k=of both"); // knows of both
    net.run();

    said(
        """
        a > b  [1<1] writes 0..+1 [k=of a]
        b > a  [1<1] writes 0..+1 [k=of b]
        b > a  [1<1] ack +1
        a > b  [1<1] ack +1
        a > b  [1<1] writes +1..+2 [k=of both for [b+1, a+1]]
        b > a  [1<1] ack +2
        """);
    assertThat(a.records()).containsExactly("k=of both");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void cut_bothSidesWriteAndDelete_healedByWhatEachHadSeen() {
    Node a = net.node("a").open(true).write("k=1", "l=2");
    Node b = net.node("b").open(true);
    net.join(a, b);
    net.cut(a, b);
    net.run();
    a.write("k"); // removes what b has seen
    b.write("l=3", "m=4");
    net.run();
    net.transcript.clear();

    net.connect(a, b);
    net.run();

    said(
        """
        a > b  greeting test a gone [a, b]
        b > a  greeting test b gone [a, b]
        b > a  hello 2 to 0
        a > b  hello 2 to 0
        a > b  hello 2 to 2
        b > a  hello 2 to 2
        b > a  [2<2] pull 1 of 256 buckets, seen [a 0..+2, b 0..+4]
        a > b  [2<2] pull 1 of 256 buckets, seen [a 0..+3]
        a > b  [2<2] base 1 seen [a 0..+3]
        a > b  [2<2] chunk 1 of 2 ranges and 1 in part: [], seen [a 0..+3]
        b > a  [2<2] base 1 seen [a 0..+2, b 0..+4]
        b > a  [2<2] chunk 1 of 2 ranges and 1 in part: [l[b+3], m[b+4]], seen [a 0..+2, b 0..+4]
        b > a  [2<2] chunk taken 1, 1 unclear
        a > b  [2<2] chunk taken 1, 1 unclear
        a > b  [2<2] chunk 1 of 1 ranges: [l[b+3 known]], seen [a 0..+3]
        a > b  [2<2] end 1 of 2 chunks, gone [a, b]
        b > a  [2<2] chunk 1 of 1 ranges: [], seen [a 0..+2, b 0..+4]
        b > a  [2<2] end 1 of 2 chunks, gone [a, b]
        b > a  [2<2] chunk taken 1
        b > a  [2<2] pulled
        a > b  [2<2] chunk taken 1
        a > b  [2<2] pulled
        a > b  [2<2] awaited after +3
        b > a  [2<2] awaited after +4
        b > a  [2<2] joined
        a > b  [2<2] joined
        """);
    assertThat(a.records()).containsExactly("l=3", "m=4");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void insertNew_leaderIsLostBeforeItAnswers_theNextLeaderDecides() {
    Node a = net.node("a").open(false); // leads, as the first by name
    Node b = net.node("b").open(false);
    Node c = net.node("c").open(false);
    net.join(a, b, c);
    net.transcript.clear();

    net.loses = delivery -> delivery.from() == a;
    c.insertNew("k=1");
    net.run();
    net.loses = delivery -> false;
    net.cut(a, b);
    net.cut(a, c);
    net.run();
    net.live(Duration.ofMillis(100), b, c);
    net.transcript.removeIf(line -> line.contains("beat"));

    said(
        """
        c > a  [2<1] may I write k, if it is not there
        a > c  [1<2] you may, after []
        b > c  [2<2] pull 2 of 256 buckets, seen []
        b > c  [2<2] pull me
        c > b  [2<2] pull 2 of 256 buckets, seen []
        c > b  [2<2] pull me
        c > b  [2<2] base 2 seen []
        c > b  [2<2] end 2 of 0 chunks, gone [a, b, c]
        b > c  [2<2] base 2 seen []
        b > c  [2<2] end 2 of 0 chunks, gone [a, b, c]
        b > c  [2<2] pull 3 of 256 buckets, seen []
        c > b  [2<2] pull 3 of 256 buckets, seen []
        c > b  [2<2] base 3 seen []
        c > b  [2<2] end 3 of 0 chunks, gone [a, b, c]
        b > c  [2<2] base 3 seen []
        b > c  [2<2] end 3 of 0 chunks, gone [a, b, c]
        c > b  [2<2] may I write k, if it is not there
        b > c  [2<2] you may, after []
        c > b  [2<2] done with k by +6553601
        c > b  [2<2] writes 0..+6553601 [k=1]
        b > c  [2<2] ack +6553601
        """);
    assertThat(c.outcomes).singleElement().isInstanceOf(Outcome.Applied.class);
    assertThat(b.records()).containsExactly("k=1");
  }
}
