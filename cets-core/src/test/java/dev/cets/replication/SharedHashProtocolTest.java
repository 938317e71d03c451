package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transfers of keys that all have one hash: whoever may choose keys can make such. */
class SharedHashProtocolTest {
  /** A key in a chunk, and one chunk on its way at a time. */
  private static final Settings SMALLEST =
      Settings.DEFAULTS.withChunkBytes(1).withChunksInFlight(1);

  private static final List<String> KEYS = CraftedKeys.ofOneHash(6);

  private final Net net = new Net();
  private final Node a = net.node("a", "test", SMALLEST, 0).open(true);
  private final Node b = net.node("b", "test", SMALLEST, 0).open(true);

  private static String[] records(Integer... keys) {
    return Stream.of(keys).map(key -> KEYS.get(key) + "=x").toArray(String[]::new);
  }

  private List<String> chunks() {
    return said("a > b .*] chunk \\d+ of .*");
  }

  private List<String> said(String pattern) {
    return net.transcript.stream().filter(line -> line.matches(pattern)).toList();
  }

  /** Until the puller has taken so many chunks; the next one is on its way or about to be cut. */
  private void untilTaken(int count) {
    while (said("b > a .*] chunk taken .*").size() < count) {
      assertThat(net.step()).as("chunk %s is taken", count).isTrue();
    }
  }

  private void apart(Runnable meanwhile) {
    net.cut(a, b);
    net.run();
    meanwhile.run();
    net.transcript.clear();
    net.connect(a, b);
  }

  @Test
  void craftedKeys_haveOneHash() {
    assertThat(KEYS).doesNotHaveDuplicates();
    assertThat(KEYS).extracting(Note::hash).containsOnly(Note.hash(KEYS.getFirst()));
  }

  @Test
  void pull_keysOfOneHashDoNotFitIntoAChunk_severalChunksBringThem() {
    a.write(records(3, 0, 5, 1, 4, 2));

    net.join(a, b);

    assertThat(chunks())
        .filteredOn(line -> line.contains("[a+"))
        .hasSize(6)
        .allMatch(line -> line.split("\\[a\\+", -1).length == 2);
    assertThat(b.records()).containsExactly(records(0, 1, 2, 3, 4, 5));
    assertThat(b.state()).isEqualTo(a.state());
  }

  @Test
  void pull_someKeysOfOneHashWereRemoved_thoseAloneGo() {
    a.write(records(0, 1, 2, 3, 4, 5));
    net.join(a, b);
    apart(() -> a.write(KEYS.get(0), KEYS.get(2), KEYS.get(5)));

    net.run();

    assertThat(chunks()).hasSizeGreaterThan(1);
    assertThat(b.records()).containsExactly(records(1, 3, 4));
    assertThat(b.state()).isEqualTo(a.state());
  }

  @Test
  void pull_allKeysOfOneHashWereRemovedWhileItRan_noneIsLeft() {
    a.write(records(0, 1, 2, 3, 4, 5));
    net.join(a, b);
    apart(() -> a.write(KEYS.get(1)));
    untilTaken(2);

    a.write(KEYS.toArray(String[]::new));
    net.run();

    assertThat(b.records()).isEmpty();
    assertThat(b.state()).isEqualTo(a.state());
  }

  @Test
  void pull_keyBeforeTheCutIsWrittenBetweenTwoChunks_stays() {
    a.write(records(1, 2, 3, 4, 5));
    net.join(a, b);
    apart(() -> a.write(KEYS.get(5)));
    untilTaken(2);

    a.write(records(0));
    net.run();

    assertThat(b.records()).containsExactly(records(0, 1, 2, 3, 4));
    assertThat(b.state()).isEqualTo(a.state());
  }

  /** Why {@code LocalTable} refuses a write of two keys of one hash. */
  @Test
  void digests_twoKeysOfOneHashAndOneWrite_lookTheSame() {
    Incarnation origin = a.core.incarnation();
    Origin here = a.table().intake().origin(origin);
    Origin there = b.table().intake().origin(origin);
    a.store.set(KEYS.get(0), Note.hash(KEYS.get(0)), null, here, 7, new Note(KEYS.get(0), "x"));
    b.store.set(KEYS.get(1), Note.hash(KEYS.get(1)), null, there, 7, new Note(KEYS.get(1), "x"));

    assertThat(a.store.digests(1, 0, 2)).isEqualTo(b.store.digests(1, 0, 2));
  }
}
