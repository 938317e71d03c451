package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Cause;
import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store tells when its versions change, or are hidden and shown. */
class ChangesTest {
  private final Origin a = Origins.shown("a", 1);
  private final Origin b = Origins.shown("b", 1);
  private SetStore<Integer, String> store = new SetStore<>();
  private final List<String> told = new ArrayList<>();
  private final TreeMap<Integer, String> replayed = new TreeMap<>();

  ChangesTest() {
    tell();
  }

  private void resolver(Function<? super List<String>, String> resolver) {
    store =
        new SetStore<>(
            ChangesTest::keyOf,
            new Resolving<>(resolver, ChangesTest::keyOf, (key, problem) -> {}),
            0);
    tell();
  }

  private static String joined(List<String> records) {
    return String.join("+", records);
  }

  /** Of {@code 3:a1}, 3. */
  private static int keyOf(String record) {
    return Integer.parseInt(record.substring(0, Math.max(0, record.indexOf(':'))));
  }

  private void tell() {
    store.tells(
        new ChangeSink<>() {
          @Override
          public boolean wanted() {
            return true;
          }

          @Override
          public void changed(
              Integer key, @Nullable String before, @Nullable String after, Cause cause) {
            told.add(before + " " + after + " " + cause);
            String had = after == null ? replayed.remove(key) : replayed.put(key, after);
            assertThat(had).isEqualTo(before);
          }
        });
  }

  private static Version<String> version(Origin origin, long stamp) {
    return version(1, origin, stamp);
  }

  private static Version<String> version(int key, Origin origin, long stamp) {
    return new Version<>(origin, stamp, key + ":" + origin.incarnation().name() + stamp);
  }

  private void set(Cause cause, List<Version<String>> live) {
    store.because(cause);
    store.set(1, 1, live);
  }

  @Test
  void set_insertUpdateDelete_areToldWithTheirCauses() {
    set(Cause.LOCAL, List.of(version(a, 1)));
    set(Cause.REMOTE, List.of(version(b, 2)));
    set(Cause.JOIN, List.of());

    assertThat(told).containsExactly("null 1:a1 LOCAL", "1:a1 1:b2 REMOTE", "1:b2 null JOIN");
  }

  @Test
  void set_sameVersionStays_nothingIsTold() {
    set(Cause.LOCAL, List.of(version(a, 2)));
    set(Cause.REMOTE, List.of(version(a, 2), version(b, 1)));
    set(Cause.REMOTE, List.of(version(a, 2)));

    assertThat(told).containsExactly("null 1:a2 LOCAL");
  }

  @Test
  void set_ofAHiddenOrigin_nothingIsToldUntilItIsShown() {
    b.visible(false);

    set(Cause.REMOTE, List.of(version(b, 1)));
    assertThat(told).isEmpty();
    store.show(b, true);

    assertThat(told).containsExactly("null 1:b1 JOIN");
  }

  @Test
  void set_versionThatDidNotKnowTheShownOne_isAConflict() {
    set(Cause.LOCAL, List.of(version(a, 1)));
    set(Cause.REMOTE, List.of(version(a, 1), version(b, 2)));

    assertThat(told).containsExactly("null 1:a1 LOCAL", "1:a1 1:b2 CONFLICT");
  }

  @Test
  void set_theWinnerIsRemoved_theLoserShowsAgainAsAConflict() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(a, 1)));

    assertThat(told).containsExactly("null 1:b2 LOCAL", "1:b2 1:a1 CONFLICT");
  }

  @Test
  void set_theWinnerGoesWithItsNode_theCauseIsTheNode() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.NODE_DOWN, List.of(version(a, 1)));

    assertThat(told).endsWith("1:b2 1:a1 NODE_DOWN");
  }

  @Test
  void set_conflictIsSettledByAWrite_theCauseIsTheWrite() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(a, 3)));

    assertThat(told).endsWith("1:b2 1:a3 REMOTE");
  }

  @Test
  void show_ownerHiddenAndShown_itsRecordsGoAndComeBack() {
    store.set(1, 1, store.versions(1), a, 1, "1:a1");
    store.set(2, 2, store.versions(2), b, 2, "2:b2");
    told.clear();

    store.show(b, false);
    store.show(b, false);
    store.show(b, true);

    assertThat(told).containsExactly("2:b2 null NODE_DOWN", "null 2:b2 JOIN");
  }

  @Test
  void show_ownerOfTheWinner_theOtherVersionIsShownMeanwhile() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(b, false);
    store.show(b, true);

    assertThat(told).containsExactly("1:b2 1:a1 NODE_DOWN", "1:a1 1:b2 CONFLICT");
  }

  @Test
  void show_ownerOfTheLoser_nothingIsTold() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(a, false);
    store.show(a, true);

    assertThat(told).isEmpty();
  }

  // ---- with a resolver

  @Test
  void set_resolverChoosesAnotherThanTheLatest_theChoiceIsTold() {
    resolver(Collections::min);

    set(Cause.LOCAL, List.of(version(b, 1)));
    set(Cause.REMOTE, List.of(version(b, 1), version(b, 3)));
    assertThat(told).containsExactly("null 1:b1 LOCAL");
    set(Cause.REMOTE, List.of(version(b, 1), version(a, 2), version(b, 3)));
    set(Cause.REMOTE, List.of(version(a, 4)));

    assertThat(told).containsExactly("null 1:b1 LOCAL", "1:b1 1:a2 CONFLICT", "1:a2 1:a4 REMOTE");
  }

  @Test
  void set_choiceChangesWhileTheLatestStays_isTold() {
    resolver(Collections::min);

    set(Cause.LOCAL, List.of(version(b, 1), version(b, 3)));
    set(Cause.REMOTE, List.of(version(a, 2), version(b, 1), version(b, 3)));

    assertThat(told).containsExactly("null 1:b1 LOCAL", "1:b1 1:a2 CONFLICT");
  }

  @Test
  void set_resolverMakesARecordOfSeveral_itIsToldAndReplaced() {
    resolver(ChangesTest::joined);

    set(Cause.LOCAL, List.of(version(a, 1)));
    set(Cause.REMOTE, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(b, 3)));

    assertThat(told)
        .containsExactly("null 1:a1 LOCAL", "1:a1 1:a1+1:b2 CONFLICT", "1:a1+1:b2 1:b3 REMOTE");
  }

  @Test
  void show_ownerOfALoserThatTheResolverUses_isTold() {
    resolver(ChangesTest::joined);
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(a, false);
    store.show(b, false);
    store.show(a, true);
    store.show(b, true);

    assertThat(told)
        .containsExactly(
            "1:a1+1:b2 1:b2 NODE_DOWN",
            "1:b2 null NODE_DOWN",
            "null 1:a1 JOIN",
            "1:a1 1:a1+1:b2 CONFLICT");
  }

  @Test
  void show_ownerOfWhatTheResolverLeavesOut_nothingIsTold() {
    resolver(Collections::min);
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(b, false);
    store.show(b, true);

    assertThat(told).isEmpty();
  }

  @Test
  void show_readersAskFirst_theResolverIsCalledOnceForEachSetOfVersions() {
    List<List<String>> asked = new ArrayList<>();
    resolver(
        records -> {
          asked.add(records);
          return joined(records);
        });
    Origin c = Origins.shown("c", 1);

    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2), version(c, 3)));
    c.visible(false);
    assertThat(store.lookup(1)).isEqualTo("1:a1+1:b2");
    c.visible(true);
    store.show(c, false);
    store.show(c, true);

    assertThat(asked).hasSize(2);
    assertThat(told).endsWith("1:a1+1:b2 1:a1+1:b2+1:c3 CONFLICT");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void changes_randomWalkWithAResolver_replayedGiveTheTable(long seed) {
    resolver(seed % 2 == 0 ? Collections::min : ChangesTest::joined);
    changes_randomWalk_replayedGiveTheTable(seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void changes_randomWalk_replayedGiveTheTable(long seed) {
    Random random = new Random(seed);
    List<Origin> origins = List.of(a, b, Origins.shown("c", 1), Origins.shown("d", 1));
    for (int step = 1; step <= 2_000; step++) {
      Origin origin = origins.get(random.nextInt(origins.size()));
      if (random.nextInt(10) == 0) {
        store.show(origin, random.nextBoolean());
      } else {
        int key = random.nextInt(5);
        List<Version<String>> live = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          live.add(version(key, origins.get(i), 1 + random.nextInt(9)));
        }
        store.set(key, key, live);
      }
      assertThat(store.stream().sorted().toList())
          .isEqualTo(replayed.values().stream().sorted().toList());
    }
  }
}
