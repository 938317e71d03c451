package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.table.StoreCalls.OfBag;
import dev.cets.table.StoreCalls.OfCrowdedSet;
import dev.cets.table.StoreCalls.OfOrderedSet;
import dev.cets.table.StoreCalls.OfRemovingSet;
import dev.cets.table.StoreCalls.OfResolvedSet;
import dev.cets.table.StoreCalls.OfSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers of a store between the steps of its one writer.
 *
 * <p>What holds: reads of single keys are linearizable with all that the writer does, hiding and
 * showing of owners included. The size is so too, by itself. A walk, in either order or through a
 * part, meets each key that has a record from its beginning to its end, whoever owns it meanwhile.
 * Right is what the same calls answer one after the other; that this is so is the concern of {@link
 * SetStoreModelTest}.
 *
 * <p>What does not: the size follows the records a moment later, so that the two together are not
 * linearizable.
 */
@Tag("interleavings") // in a JVM of its own: classes that it watches are slow for everybody
class StoreLinearizabilityTest {
  private static final String TWELVE_KEYS =
      IntStream.rangeClosed(1, 12).mapToObj(key -> "putA " + key).collect(Collectors.joining(", "));

  @Test
  void set_readsBesideTheWriter_linearizable() {
    Interleavings.of(OfSet.class)
        .play(
            " | putA 1, putB 1 | lookup 1, lookup 1",
            "putA 1, putA 2 | hideA, showA | lookup 1, lookup 2",
            "putA 1 | putB 1, hideA | lookup 1",
            "putA 1 | putB 1, hideA, showA, putA 1, hideB | lookup 1",
            "putA 1, hideB | putBoth 1, showB, hideA | lookup 1",
            "putBoth 1, hideB | showB, hideA | lookup 1")
        .play("putBoth 1, hideB | showB, hideA | streams") // a record stands all the time
        .play(TWELVE_KEYS + " | putA 13 | lookup 1") // the 13th takes a larger table
        .play("putA 1 | putB 1, remove 1 | size, size", "putBoth 1, hideA, putB 2 | hideB | size")
        .areLinearizable();
  }

  @Test
  void crowdedSet_placesAreLeftAndTakenByOthers_linearizable() {
    Interleavings.of(OfCrowdedSet.class)
        .play("putA 1, putA 2 | remove 1, putA 3 | lookup 2, lookup 3")
        .play("putA 1, putA 2, remove 1 | remove 2, putA 2 | lookup 2, lookup 1")
        .areLinearizable();
  }

  @Test
  void resolvedSet_readersOfOneConflict_allSeeOneAnswerOfTheResolver() {
    Interleavings.of(OfResolvedSet.class).play("putBoth 1 | lookup 1 | lookup 1").areLinearizable();
  }

  @Test
  void orderedSet_aRecordStandsAllTheTime_isMet() {
    Interleavings.of(OfOrderedSet.class)
        .play("putA 1 | putB 1, hideA | neighbours")
        .play("putA 1 | putB 1, hideA | part")
        .areLinearizable();
  }

  @Test
  void bag_aRecordStandsAllTheTime_isMet() {
    Interleavings.of(OfBag.class)
        .play("putA 1 | putB 1, hideA | streams")
        .play("putA 1 | putB 1, hideA | ofTheKey")
        .areLinearizable();
  }

  // ---- what does not hold, and that it would be noticed

  @Test
  void set_sizeTogetherWithALookup_isNotLinearizable() {
    Interleavings both = Interleavings.of(OfSet.class).play(" | putA 1 | lookup 1, size");

    assertThatThrownBy(both::areLinearizable)
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }

  @Test
  void set_replaceIsARemoveAndAPut_isNoticed() {
    Interleavings removing =
        Interleavings.of(OfRemovingSet.class).play("putA 1 | putB 1 | lookup 1");

    assertThatThrownBy(removing::areLinearizable)
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
