package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Write.Change;
import dev.cets.table.SetStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PullingTest {
  private static final Incarnation A = new Incarnation("a", 1);
  private static final int MANY = 5_000;
  private static final int MOST = 100;
  private static final long MOST_BYTES = Long.MAX_VALUE;

  /** Counts the looks at it. */
  private static final class WatchedStore extends SetStore<String, Note> {
    private int looks;

    @Override
    public @Nullable LiveVersions<String, Note> versions(String key) {
      looks++;
      return super.versions(key);
    }
  }

  private final WatchedStore store = new WatchedStore();
  private final Intake<String, Note> intake =
      new Intake<>(
          store,
          new Gone(),
          new HybridClock(),
          false,
          Rules.ALL,
          new IntakeTest.Silent(),
          key -> {});
  private final Pulling<String, Note> pulling =
      new Pulling<>(1, 0, new Fetching<>(new Origin(A), store), false, 0);

  private KeyVersion<String> written(int number) {
    String key = "k" + number;
    Change<String, Note> change =
        new Change<>(key, Note.hash(key), new Note(key, "text"), List.of());
    intake.takeIn(A, new Write<>(number, number + 1, List.of(change)));
    return new KeyVersion<>(key, Note.hash(key), A, number + 1);
  }

  private void base(long last) {
    Intervals seen = new Intervals();
    seen.add(0, last);
    pulling.base(new Context<>(Map.of(A, seen), Set.of()));
  }

  @Test
  void ask_manyNewcomers_asksForEachOnceAndLooksAtEachOnce() {
    for (int i = 0; i < MANY; i++) {
      pulling.newcomer(written(i));
    }
    base(MANY);
    store.looks = 0;

    Set<String> asked = new HashSet<>();
    List<KeyVersion<String>> next = pulling.ask(intake, MOST, String::length, MOST_BYTES);
    while (!next.isEmpty()) {
      assertThat(next).hasSizeLessThanOrEqualTo(MOST);
      next.forEach(version -> assertThat(asked.add(version.key())).isTrue());
      pulling.answered(Set.copyOf(next.stream().map(KeyVersion::key).toList()));
      next = pulling.ask(intake, MOST, String::length, MOST_BYTES);
    }

    assertThat(asked).hasSize(MANY);
    assertThat(store.looks).isEqualTo(MANY);
  }

  @Test
  void ask_notAnsweredFor_isAskedAgain() {
    KeyVersion<String> first = written(0);
    KeyVersion<String> second = written(1);
    pulling.newcomer(first);
    pulling.newcomer(second);
    base(2);

    assertThat(pulling.ask(intake, MOST, String::length, MOST_BYTES))
        .containsExactly(first, second);
    pulling.answered(Set.of(first.key()));

    assertThat(pulling.ask(intake, MOST, String::length, MOST_BYTES)).containsExactly(second);
  }

  @Test
  void ask_newcomerThatThePeerDidNotKnow_isLeftOut() {
    KeyVersion<String> known = written(0);
    pulling.newcomer(known);
    pulling.newcomer(written(1));
    base(1);

    assertThat(pulling.ask(intake, MOST, String::length, MOST_BYTES)).containsExactly(known);
  }

  @Test
  void ask_newcomerThatIsNoMoreLive_isLeftOut() {
    KeyVersion<String> live = written(0);
    pulling.newcomer(new KeyVersion<>("k9", Note.hash("k9"), A, 9));
    pulling.newcomer(live);
    base(10);

    assertThat(pulling.ask(intake, MOST, String::length, MOST_BYTES)).containsExactly(live);
  }

  @Test
  void ask_moreBytesThanAllowed_oneMoreThanTheLimitLetsPass() {
    pulling.newcomer(written(0));
    pulling.newcomer(written(1));
    pulling.newcomer(written(2));
    base(3);

    assertThat(pulling.ask(intake, MOST, String::length, 3)).hasSize(2);
  }
}
