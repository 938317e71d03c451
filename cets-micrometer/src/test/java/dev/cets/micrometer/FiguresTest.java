package dev.cets.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.NodeCounters;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.Ownership;
import dev.cets.TableCounters;
import dev.cets.TableStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which counter tells what: each number is another one here. */
class FiguresTest {
  private static final List<String> NOBODY = List.of();

  private static <S> Map<String, Double> values(List<Figure<S>> figures, S of) {
    Map<String, Double> values = new TreeMap<>();
    figures.forEach(figure -> values.put(figure.name(), figure.value().applyAsDouble(of)));
    return values;
  }

  @Test
  void counters_ofANode_tellEachItsOwn() {
    NodeStatus status =
        new NodeStatus(
            "a",
            "cets",
            "a#1",
            NodeState.RUNNING,
            Instant.EPOCH,
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            true,
            List.of(),
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            NOBODY,
            7,
            List.of(),
            new NodeCounters(1, 2, 3, 4, 5, 6));

    assertThat(values(Figures.NODE_COUNTERS, status))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cets.refused.nodes", 1.0,
                "cets.refused.frames", 2.0,
                "cets.late.frames", 3.0,
                "cets.nodes.down", 4.0,
                "cets.late.tasks", 5.0,
                "cets.defects", 6.0,
                "cets.refused.connections", 7.0));
  }

  @Test
  void counters_ofATable_tellEachItsOwn() {
    TableStatus status =
        new TableStatus(
            "sessions",
            "set",
            Ownership.KEEP,
            0,
            0,
            0,
            0,
            "a",
            Map.of(),
            Map.of(),
            10,
            new TableCounters(1, 2, 3, 4, 5, 6, 7, 8, 9));

    assertThat(values(Figures.TABLE_COUNTERS, status))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cets.table.transfers", 1.0,
                "cets.table.transferred.records", 2.0,
                "cets.table.transferred", 3.0,
                "cets.table.comparisons", 4.0,
                "cets.table.differences", 5.0,
                "cets.table.conflicts", 6.0,
                "cets.table.resolver.failures", 7.0,
                "cets.table.links.again", 8.0,
                "cets.table.listener.gaps", 9.0,
                "cets.table.mended", 10.0));
  }
}
