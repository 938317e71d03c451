package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.Write.Change;
import dev.cets.table.SetStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Incarnation A = new Incarnation("a", 1);
  private static final Incarnation B = new Incarnation("b", 1);
  private static final Object PEER = new Object();

  private final Gone gone = new Gone();
  private final SetStore<String, Note> store = new SetStore<>();
  private final Intake<String, Note> intake =
      new Intake<>(store, gone, new HybridClock(), false, Rules.ALL, new Silent(), key -> {});

  /** Wants to know nothing. */
  static final class Silent implements Intake.Newcomers<String> {
    @Override
    public boolean wanted() {
      return false;
    }

    @Override
    public void added(KeyVersion<String> version, @Nullable Object from) {}
  }

  private static Write<String, Note> insert(
      long previous, long stamp, String key, VersionId... replaces) {
    Change<String, Note> change =
        new Change<>(key, Note.hash(key), new Note(key, "t" + stamp), List.of(replaces));
    return new Write<>(previous, stamp, List.of(change));
  }

  private static Write<String, Note> delete(
      long previous, long stamp, String key, VersionId... replaces) {
    Change<String, Note> change = new Change<>(key, Note.hash(key), null, List.of(replaces));
    return new Write<>(previous, stamp, List.of(change));
  }

  private void transfer(String key, Incarnation origin, long stamp) {
    CopiedVersion<Note> version =
        new CopiedVersion<>(origin, stamp, new Note(key, "t" + stamp), null);
    Copy<String, Note> copy = new Copy<>(key, Note.hash(key), List.of(version));
    intake.merging().compare(List.of(), Map.of(key, copy), new Context<>(Map.of(), Set.of()), PEER);
  }

  private int versions(String key) {
    LiveVersions<String, Note> live = store.versions(key);
    return live == null ? 0 : live.count();
  }

  @Test
  void takeIn_versionThatCameByATransferBefore_standsOnce() {
    transfer("k", A, 5);

    intake.takeIn(A, insert(0, 5, "k"));

    assertThat(versions("k")).isEqualTo(1);
  }

  @Test
  void takeIn_deleteOfAVersionThatCameByTransferAndStream_removesIt() {
    intake.origin(A).visible(true);
    transfer("k", A, 5);
    intake.takeIn(A, insert(0, 5, "k"));

    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));

    assertThat(versions("k")).isZero();
    assertThat(store.lookup("k")).isNull();
  }

  @Test
  void takeIn_sameKeyTwiceInOneWrite_standsOnce() {
    Change<String, Note> change = new Change<>("k", Note.hash("k"), new Note("k", "t"), List.of());

    intake.takeIn(A, new Write<>(0, 5, List.of(change, change)));

    assertThat(versions("k")).isEqualTo(1);
  }

  @Test
  void takeIn_removalBeforeTheVersion_versionNeverShows() {
    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));
    assertThat(intake.earlyRemovals()).isEqualTo(1);

    intake.takeIn(A, insert(0, 5, "k"));

    assertThat(versions("k")).isZero();
    assertThat(intake.earlyRemovals()).isZero();
  }

  @Test
  void takeIn_writesWithoutKnowingOfEachOther_bothStand() {
    intake.takeIn(A, insert(0, 5, "k"));
    intake.takeIn(B, insert(0, 6, "k"));

    assertThat(versions("k")).isEqualTo(2);
  }

  @Test
  void takeIn_replacementOfBoth_oneStands() {
    intake.takeIn(A, insert(0, 5, "k"));
    intake.takeIn(B, insert(0, 6, "k"));

    intake.takeIn(A, insert(5, 9, "k", new VersionId(A, 5), new VersionId(B, 6)));

    assertThat(versions("k")).isEqualTo(1);
    assertThat(intake.earlyRemovals()).isZero();
  }

  @Test
  void compare_removedThereAndSeenHere_dropped() {
    intake.takeIn(A, insert(0, 5, "k"));
    Intervals seen = new Intervals();
    seen.add(0, 6);

    intake
        .merging()
        .compare(List.of("k"), Map.of(), new Context<>(Map.of(A, seen), Set.of()), PEER);

    assertThat(versions("k")).isZero();
  }

  @Test
  void compare_unknownThere_kept() {
    intake.takeIn(A, insert(0, 5, "k"));

    intake.merging().compare(List.of("k"), Map.of(), new Context<>(Map.of(), Set.of()), PEER);

    assertThat(versions("k")).isEqualTo(1);
  }

  @Test
  void compare_removedHereBefore_staysAway() {
    intake.takeIn(A, insert(0, 5, "k"));
    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));

    transfer("k", A, 5);

    assertThat(versions("k")).isZero();
  }

  @Test
  void compare_removedEarlyHere_staysAway() {
    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));

    transfer("k", A, 5);

    assertThat(versions("k")).isZero();
    assertThat(intake.earlyRemovals()).isEqualTo(1);
  }

  @Test
  void learn_baseThatSawTheWrite_earlyRemovalGoes() {
    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));
    Intervals seen = new Intervals();
    seen.add(0, 5);

    intake.merging().learn(new Context<>(Map.of(A, seen), Set.of()));

    assertThat(intake.earlyRemovals()).isZero();
    assertThat(intake.hasSeen(A, 5)).isTrue();
  }

  @Test
  void learn_baseWithAnEarlyRemoval_versionGoesAndStaysAway() {
    transfer("k", A, 5);

    intake
        .merging()
        .learn(new Context<>(Map.of(), Set.of(new KeyVersion<>("k", Note.hash("k"), A, 5))));
    transfer("k", A, 5);

    assertThat(versions("k")).isZero();
  }

  @Test
  void retire_goneIncarnation_nothingOfItStays() {
    intake.takeIn(A, insert(0, 5, "k"));
    intake.takeIn(B, insert(0, 6, "k"));
    intake.takeIn(B, delete(6, 7, "j", new VersionId(A, 8)));

    gone.merge(Map.of("a", 1L));
    intake.retire();

    assertThat(versions("k")).isEqualTo(1);
    assertThat(intake.earlyRemovals()).isZero();
    assertThat(intake.hasSeen(A, 5)).isFalse();
    assertThat(intake.hasSeen(B, 7)).isTrue();
  }

  // ---- bare versions

  private void transferBare(String key, Incarnation origin, long stamp) {
    CopiedVersion<Note> version = new CopiedVersion<>(origin, stamp, null, null, true);
    Copy<String, Note> copy = new Copy<>(key, Note.hash(key), List.of(version));
    intake.merging().compare(List.of(), Map.of(key, copy), new Context<>(Map.of(), Set.of()), PEER);
  }

  @Test
  void compare_bareThere_standsButIsNotShownWhoeverItsOwnerIs() {
    intake.origin(A).visible(true);

    transferBare("k", A, 5);

    assertThat(versions("k")).isEqualTo(1);
    assertThat(store.lookup("k")).isNull();
    assertThat(store.size()).isZero();
    assertThat(intake.origin(A).bare()).isEqualTo(1);
  }

  @Test
  void compare_bareThereAndWholeHere_staysWhole() {
    intake.origin(A).visible(true);
    intake.takeIn(A, insert(0, 5, "k"));

    transferBare("k", A, 5);

    assertThat(store.lookup("k")).isEqualTo(new Note("k", "t5"));
    assertThat(intake.origin(A).bare()).isZero();
  }

  @Test
  void compare_wholeThereAndBareHere_isShown() {
    intake.origin(A).visible(true);
    transferBare("k", A, 5);

    transfer("k", A, 5);

    assertThat(store.lookup("k")).isEqualTo(new Note("k", "t5"));
    assertThat(store.size()).isEqualTo(1);
    assertThat(versions("k")).isEqualTo(1);
  }

  @Test
  void takeIn_writeOfAVersionThatCameBare_isShown() {
    intake.origin(A).visible(true);
    transferBare("k", A, 5);

    intake.takeIn(A, insert(0, 5, "k"));

    assertThat(store.lookup("k")).isEqualTo(new Note("k", "t5"));
    assertThat(versions("k")).isEqualTo(1);
    assertThat(intake.origin(A).bare()).isZero();
  }

  @Test
  void compare_bareThereAndRemovedEarlyHere_staysAway() {
    intake.takeIn(B, delete(0, 7, "k", new VersionId(A, 5)));

    transferBare("k", A, 5);

    assertThat(versions("k")).isZero();
  }

  @Test
  void compare_removedThereAndBareHere_dropped() {
    transferBare("k", A, 5);
    Intervals seen = new Intervals();
    seen.add(0, 6);

    intake
        .merging()
        .compare(List.of("k"), Map.of(), new Context<>(Map.of(A, seen), Set.of()), PEER);

    assertThat(versions("k")).isZero();
    assertThat(intake.origin(A).bare()).isZero();
  }

  @Test
  void bare_oneOfTwoVersions_theOtherIsSeen() {
    intake.origin(B).visible(true);
    intake.takeIn(A, insert(0, 6, "k"));
    intake.takeIn(B, insert(0, 5, "k"));

    intake.bare(all(), Set.of(intake.origin(A)));

    assertThat(versions("k")).isEqualTo(2);
    assertThat(store.lookup("k")).isEqualTo(new Note("k", "t5"));
    store.show(intake.origin(A), true);
    assertThat(store.lookup("k")).isEqualTo(new Note("k", "t5"));
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void bare_digests_areTheSame() {
    intake.takeIn(A, insert(0, 5, "k"));
    long[] before = store.digests(8, 0, 256);

    intake.bare(all(), Set.of(intake.origin(A)));

    assertThat(store.digests(8, 0, 256)).isEqualTo(before);
  }

  private List<LiveVersions<String, Note>> all() {
    List<LiveVersions<String, Note>> all = new ArrayList<>();
    store.forEach(all::add);
    return all;
  }
}
