package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked for when two nodes compare, and who asks first. */
class PullProtocolTest {
  private static final Settings SIXTEEN_AT_FIRST = Settings.DEFAULTS.withFirstDigestBits(4);

  private final Net net = new Net();
  private final Node a = node("a"); // the older one
  private final Node b = node("b");

  private Node node(String name) {
    Node node = net.node(name, "test", SIXTEEN_AT_FIRST, 0).open(true);
    net.pass(Duration.ofSeconds(1));
    return node;
  }

  private List<String> said(String by, String text) {
    return net.transcript.stream()
        .filter(line -> line.startsWith(by + " > ") && line.contains("] " + text))
        .map(line -> line.substring(line.indexOf("] ") + 2).replaceAll(", seen.*", ""))
        .toList();
  }

  @Test
  void pull_equalTables_firstDigestsAreEnough() {
    a.write("k=1", "l=2");
    net.join(a, b);
    net.transcript.clear();

    b.table().compare();
    net.run();

    assertThat(said("b", "pull ")).containsExactly("pull 2 of 16 buckets and more");
    assertThat(said("a", "differing")).isEmpty();
    assertThat(said("a", "end")).containsExactly("end 2 of 0 chunks, gone [a, b]");
  }

  @Test
  void pull_oneRecordDiffers_digestsOfSmallerBucketsOfThatPartAlone() {
    a.write("k=1", "l=2");
    net.join(a, b);
    net.cut(a, b);
    net.run();
    a.write("k=3");
    net.transcript.clear();

    net.connect(a, b);
    net.run();

    assertThat(said("a", "differing")).containsExactly("differing 1 in 1 ranges");
    assertThat(said("b", "pull "))
        .containsExactly("pull 1 of 16 buckets and more", "pull 1 of 16 buckets");
    assertThat(b.records()).containsExactly("k=3", "l=2");
  }

  @Test
  void firstDigestBits_twelveAndOneMore_oneMoreIsRefused() {
    assertThat(Settings.DEFAULTS.withFirstDigestBits(12).firstDigestBits()).isEqualTo(12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.DEFAULTS.withFirstDigestBits(13))
        .withMessage("the bits of the first digests are 13; at most 12");
  }

  @Test
  void differing_comesTwice_isAnsweredOnce() {
    a.write("k=1");
    net.repeats = delivery -> delivery.text().contains("differing");

    net.join(a, b);

    assertThat(said("b", "pull ")).hasSize(2);
    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
  }

  @Test
  void differing_isLost_linkedAgain() {
    a.write("k=1");
    net.loses = delivery -> delivery.text().contains("differing");
    net.join(a, b);
    net.loses = delivery -> false;

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(b.told(Event.LinkedAgain.class)).hasSize(1);
    assertThat(b.records()).containsExactly("k=1");
  }

  @Test
  void join_youngerLacksSomething_olderAsksWhenThatHasCome() {
    a.write("k=1");

    net.join(a, b);

    List<String> pulls = net.transcript.stream().filter(line -> line.contains("] pull ")).toList();
    assertThat(pulls).hasSize(3);
    assertThat(pulls.getLast()).startsWith("a > b");
    assertThat(said("b", "chunk 1 of")).as("nothing that a has already").isEmpty();
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void join_youngerHasWhatTheOlderLacks_olderAsksAtOnce() {
    b.write("k=1");
    net.loses = delivery -> delivery.text().contains("pulled");

    net.join(a, b);

    assertThat(a.records()).containsExactly("k=1");
  }

  @Test
  void tick_youngerDoesNotAsk_olderAsksInTheEnd() {
    net.loses = delivery -> delivery.text().contains("] pull");
    net.join(a, b);
    assertThat(said("a", "pull ")).isEmpty();

    net.live(SIXTEEN_AT_FIRST.progressLimit().minusMillis(100));
    assertThat(said("a", "pull ")).isEmpty();

    net.live(Duration.ofMillis(200));

    assertThat(said("a", "pull ")).hasSize(1);
  }

  /** Keys of one bucket, of the first digests and of the smaller ones. */
  private static List<String> ofOneBucket(int count) {
    return IntStream.range(0, 100_000)
        .mapToObj(number -> "key" + number)
        .filter(key -> Note.hash(key) >>> 56 == 0)
        .limit(count)
        .toList();
  }

  /** Both hold three keys of one bucket, and are apart. */
  private List<String> holdThreeApart() {
    List<String> keys = ofOneBucket(3);
    keys.forEach(key -> a.write(key + "=1"));
    net.join(a, b);
    net.cut(a, b);
    net.run();
    net.transcript.clear();
    return keys;
  }

  private void connect() {
    net.connect(a, b);
    net.run();
  }

  @Test
  void pull_recordWasOverwritten_othersOfItsBucketAreNotTold() {
    List<String> keys = holdThreeApart();
    a.write(keys.get(1) + "=2");

    connect();

    assertThat(said("a", "chunk ")).hasSize(1).first().asString().contains("1 in part: [key");
    assertThat(said("a", "chunk ").getFirst()).contains(keys.get(1)).doesNotContain(keys.get(0));
    assertThat(said("b", "chunk taken")).containsExactly("chunk taken 1");
    assertThat(b.records()).isEqualTo(a.records());
  }

  @Test
  void pull_recordWasRemoved_othersOfItsBucketAreToldByName() {
    List<String> keys = holdThreeApart();
    a.write(keys.get(1));

    connect();

    assertThat(said("b", "chunk taken"))
        .containsExactly("chunk taken 1, 1 unclear", "chunk taken 1");
    assertThat(said("a", "chunk ").getLast()).contains(keys.get(0) + "[", " known", keys.get(2));
    assertThat(b.records()).isEqualTo(a.records()).hasSize(2);
    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
  }

  @Test
  void chunkTaken_withSomethingUnclearIsLost_linkedAgain() {
    List<String> keys = holdThreeApart();
    a.write(keys.get(1));
    net.loses = delivery -> delivery.text().contains("unclear");
    connect();
    net.loses = delivery -> false;

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(b.told(Event.LinkedAgain.class)).hasSize(1);
    assertThat(b.records()).isEqualTo(a.records()).hasSize(2);
  }

  @Test
  void chunkTaken_comesTwice_rangesAreToldOnce() {
    List<String> keys = holdThreeApart();
    a.write(keys.get(1));
    net.repeats = delivery -> delivery.text().contains("unclear");

    connect();

    assertThat(said("a", "chunk ")).hasSize(2);
    assertThat(b.records()).isEqualTo(a.records()).hasSize(2);
  }
}
