package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Change;
import dev.cets.Change.Cause;
import dev.cets.Ownership;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import org.junit.jupiter.api.Test;

/** What listeners of a set are told, over any engine: one record of a key takes another's place. */
public abstract class SetListenerContract extends ListenerContract {
  /** Made by subclasses only. */
  protected SetListenerContract() {}

  @Override
  SetTable<String, Session> open(CetsNode node, Ownership ownership) {
    return node.open(
        TableSpec.set("listened", String.class, Session.class, Session::id).ownership(ownership));
  }

  @Test
  void listen_writesOfTheNodeItself_areToldAsLocal() {
    start("a");
    ListenerRecorder<String, Session> told = listen("a");

    table("a").insert(ALICE);
    table("a").insert(ALEX);
    table("a").delete("1");

    cluster.await(() -> told.told().size() == 3);
    assertThat(told.changes())
        .containsExactly(
            new Change<>("1", null, ALICE, Cause.LOCAL),
            new Change<>("1", ALICE, ALEX, Cause.LOCAL),
            new Change<>("1", ALEX, null, Cause.LOCAL));
    assertThat(told.told()).containsExactly("INSERT 1 LOCAL", "UPDATE 1 LOCAL", "DELETE 1 LOCAL");
  }

  @Test
  void listen_writesOfAPeer_areToldAsRemote() {
    join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    table("b").insert(ALICE);
    table("b").insert(ALEX);
    table("b").deleteObject(ALEX);

    awaitTold(told, "INSERT 1 REMOTE", "UPDATE 1 REMOTE", "DELETE 1 REMOTE");
  }

  @Test
  void listen_manyWritesOfOneKeyOnTwoNodes_eachBeginsWhereTheLastEnded() {
    join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    for (int i = 0; i < 50; i++) {
      table(i % 2 == 0 ? "a" : "b").insert(new Session("1", "user" + i));
    }

    cluster.await(() -> told.changes().size() == 50);
    Session last = null;
    for (Change<String, Session> change : told.changes()) {
      assertThat(change.oldRecord()).isEqualTo(last);
      last = change.newRecord();
    }
    assertThat(table("a").dump()).containsExactly(last);
  }

  @Test
  void join_oneKeyOnBothSides_isToldAsConflictWhereTheRecordChanges() {
    start("a");
    start("b");
    table("a").insert(ALICE);
    table("b").insert(ALEX);
    ListenerRecorder<String, Session> atA = listen("a");
    ListenerRecorder<String, Session> atB = listen("b");

    join("a", "b");

    boolean alexWon = table("a").dump().contains(ALEX);
    awaitTold(alexWon ? atA : atB, "UPDATE 1 CONFLICT");
    assertThat((alexWon ? atB : atA).told()).isEmpty();
  }

  @Test
  void kill_nodeWhoseRecordWasOverwritten_nothingIsToldOfIt() {
    join("a", "b");
    table("b").insert(ALICE);
    table("b").insert(BOB);
    table("a").insert(ALEX);
    ListenerRecorder<String, Session> told = listen("a");

    kill("b");

    awaitTold(told, "DELETE 2 NODE_DOWN");
  }
}
