package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Write.Change;
import dev.cets.table.SetStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which keys are conflicts, and when that is told. */
class ConflictsTest {
  private static final Incarnation A = new Incarnation("a", 1);
  private static final Incarnation B = new Incarnation("b", 1);
  private static final long LONG_AGO = Long.MIN_VALUE;

  private final List<String> told = new ArrayList<>();
  private final Intake<String, Note> intake =
      new Intake<>(
          new SetStore<>(),
          new Gone(),
          new HybridClock(),
          false,
          Rules.ALL,
          new Silent(),
          key -> conflicts().several(key, 5));
  private final Conflicts<String, Note> conflicts =
      new Conflicts<>(intake, (key, versions) -> told.add(key + " " + versions.size()));

  private static final class Silent implements Intake.Newcomers<String> {
    @Override
    public boolean wanted() {
      return false;
    }

    @Override
    public void added(KeyVersion<String> version, @Nullable Object from) {}
  }

  private Conflicts<String, Note> conflicts() {
    return conflicts;
  }

  private void insert(Incarnation origin, long previous, long stamp, VersionId... replaces) {
    Change<String, Note> change =
        new Change<>("k", Note.hash("k"), new Note("k", "t" + stamp), List.of(replaces));
    intake.takeIn(origin, new Write<>(previous, stamp, List.of(change)));
  }

  @Test
  void tick_twoVersions_tellsOnceAllOfThem() {
    insert(A, 0, 10);
    insert(B, 0, 11);

    conflicts.tick(false, LONG_AGO);
    conflicts.tick(false, LONG_AGO);

    assertThat(told).containsExactly("k 2");
  }

  @Test
  void tick_oneVersionOrOneThatReplacesAnother_tellsNothing() {
    insert(A, 0, 10);
    insert(B, 0, 11, new VersionId(A, 10));

    conflicts.tick(false, LONG_AGO);

    assertThat(told).isEmpty();
  }

  @Test
  void tick_laterWriteCameBeforeAnEarlierOne_tellsNothing() {
    insert(A, 0, 10);
    insert(B, 0, 12, new VersionId(A, 11));
    conflicts.tick(false, LONG_AGO);

    insert(A, 10, 11, new VersionId(A, 10));
    conflicts.tick(false, LONG_AGO);

    assertThat(told).isEmpty();
  }

  @Test
  void tick_theEarlierWriteNeverComes_tellsAfterAWhile() {
    insert(A, 0, 10);
    insert(B, 0, 12, new VersionId(A, 11));

    conflicts.tick(false, 4);
    assertThat(told).isEmpty();
    conflicts.tick(false, 5);

    assertThat(told).containsExactly("k 2");
  }

  @Test
  void tick_pullUnderWay_waitsForItsEnd() {
    insert(A, 0, 10);
    insert(B, 0, 12);
    conflicts.tick(true, LONG_AGO);
    assertThat(told).isEmpty();

    insert(A, 10, 13, new VersionId(A, 10), new VersionId(B, 12));
    conflicts.tick(false, LONG_AGO);

    assertThat(told).isEmpty();
  }

  @Test
  void several_moreThanMayWait_theOldestIsToldAtOnce() {
    for (int i = 0; i < 3; i++) {
      insert(i % 2 == 0 ? A : B, 0, 10 + i);
    }
    for (int i = 0; i < 10_000; i++) {
      conflicts.several("other " + i, 6);
    }

    assertThat(told).containsExactly("k 3");
  }
}
