package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Change;
import dev.cets.OrderedSetTable;
import dev.cets.Ownership;
import dev.cets.SnapshotListener;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What listeners of an ordered set are told, over any engine: the same, and snapshots in order. */
public abstract class OrderedSetListenerContract extends SetListenerContract {
  /** Made by subclasses only. */
  protected OrderedSetListenerContract() {}

  @Override
  OrderedSetTable<String, Session> open(CetsNode node, Ownership ownership) {
    return node.open(
        TableSpec.orderedSet("listened", String.class, Session.class, Session::id)
            .ownership(ownership));
  }

  @Test
  void subscribe_filledTable_theSnapshotIsInTheOrderOfKeys() {
    start("a");
    List<Session> records =
        IntStream.range(100, 200).mapToObj(i -> new Session("" + i, "user")).toList();
    table("a").insertMany(records.reversed());
    Queue<List<Session>> snapshots = new ConcurrentLinkedQueue<>();

    table("a")
        .subscribe(
            new SnapshotListener<>() {
              @Override
              public void snapshot(List<Session> all) {
                snapshots.add(all);
              }

              @Override
              public void changed(Change<String, Session> change) {}
            });

    cluster.await(() -> !snapshots.isEmpty());
    assertThat(snapshots.element()).isEqualTo(records);
  }
}
