package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Cause;
import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store tells when its versions change, or are hidden and shown. */
class ChangesTest {
  private final Origin a = Origins.shown("a", 1);
  private final Origin b = Origins.shown("b", 1);
  private final SetStore<Integer, String> store = new SetStore<>();
  private final List<String> told = new ArrayList<>();
  private final TreeMap<Integer, String> replayed = new TreeMap<>();

  ChangesTest() {
    store.tells(
        new ChangeSink<>() {
          @Override
          public boolean wanted() {
            return true;
          }

          @Override
          public void changed(
              Integer key, @Nullable String before, @Nullable String after, Cause cause) {
            told.add(key + " " + before + " " + after + " " + cause);
            String had = after == null ? replayed.remove(key) : replayed.put(key, after);
            assertThat(had).isEqualTo(before);
          }
        });
  }

  private static Version<String> version(Origin origin, long stamp) {
    return new Version<>(origin, stamp, origin.incarnation().name() + stamp);
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

    assertThat(told).containsExactly("1 null a1 LOCAL", "1 a1 b2 REMOTE", "1 b2 null JOIN");
  }

  @Test
  void set_sameVersionStays_nothingIsTold() {
    set(Cause.LOCAL, List.of(version(a, 2)));
    set(Cause.REMOTE, List.of(version(a, 2), version(b, 1)));
    set(Cause.REMOTE, List.of(version(a, 2)));

    assertThat(told).containsExactly("1 null a2 LOCAL");
  }

  @Test
  void set_ofAHiddenOrigin_nothingIsToldUntilItIsShown() {
    b.visible(false);

    set(Cause.REMOTE, List.of(version(b, 1)));
    assertThat(told).isEmpty();
    store.show(b, true);

    assertThat(told).containsExactly("1 null b1 JOIN");
  }

  @Test
  void set_versionThatDidNotKnowTheShownOne_isAConflict() {
    set(Cause.LOCAL, List.of(version(a, 1)));
    set(Cause.REMOTE, List.of(version(a, 1), version(b, 2)));

    assertThat(told).containsExactly("1 null a1 LOCAL", "1 a1 b2 CONFLICT");
  }

  @Test
  void set_theWinnerIsRemoved_theLoserShowsAgainAsAConflict() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(a, 1)));

    assertThat(told).containsExactly("1 null b2 LOCAL", "1 b2 a1 CONFLICT");
  }

  @Test
  void set_theWinnerGoesWithItsNode_theCauseIsTheNode() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.NODE_DOWN, List.of(version(a, 1)));

    assertThat(told).endsWith("1 b2 a1 NODE_DOWN");
  }

  @Test
  void set_conflictIsSettledByAWrite_theCauseIsTheWrite() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    set(Cause.REMOTE, List.of(version(a, 3)));

    assertThat(told).endsWith("1 b2 a3 REMOTE");
  }

  @Test
  void show_ownerHiddenAndShown_itsRecordsGoAndComeBack() {
    store.set(1, 1, a, 1, "a1");
    store.set(2, 2, b, 2, "b2");
    told.clear();

    store.show(b, false);
    store.show(b, false);
    store.show(b, true);

    assertThat(told).containsExactly("2 b2 null NODE_DOWN", "2 null b2 JOIN");
  }

  @Test
  void show_ownerOfTheWinner_theOtherVersionIsShownMeanwhile() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(b, false);
    store.show(b, true);

    assertThat(told).containsExactly("1 b2 a1 NODE_DOWN", "1 a1 b2 CONFLICT");
  }

  @Test
  void show_ownerOfTheLoser_nothingIsTold() {
    set(Cause.LOCAL, List.of(version(a, 1), version(b, 2)));
    told.clear();

    store.show(a, false);
    store.show(a, true);

    assertThat(told).isEmpty();
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
          live.add(version(origins.get(i), 1 + random.nextInt(9)));
        }
        store.set(key, key, live);
      }
      assertThat(store.stream().sorted().toList())
          .isEqualTo(replayed.values().stream().sorted().toList());
    }
  }
}
