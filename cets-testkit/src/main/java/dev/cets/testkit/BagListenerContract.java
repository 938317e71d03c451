package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.BagTable;
import dev.cets.CetsNode;
import dev.cets.Change;
import dev.cets.Change.Cause;
import dev.cets.Ownership;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What listeners of a bag are told, over any engine: records come and go, none is updated. */
public abstract class BagListenerContract extends ListenerContract {
  /** Made by subclasses only. */
  protected BagListenerContract() {}

  @Override
  BagTable<String, Session> open(CetsNode node, Ownership ownership) {
    return node.open(
        TableSpec.bag("listened", String.class, Session.class, Session::id).ownership(ownership));
  }

  @Test
  void listen_severalRecordsOfAKey_eachIsToldAsInserted() {
    join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    table("a").insert(ALICE);
    table("b").insert(ALEX);

    cluster.await(() -> told.told().size() == 2);
    assertThat(told.changes())
        .containsExactly(
            new Change<>("1", null, ALICE, Cause.LOCAL),
            new Change<>("1", null, ALEX, Cause.REMOTE));
  }

  @Test
  void listen_keyIsDeleted_eachOfItsRecordsIsToldAsDeleted() {
    join("a", "b");
    table("b").insertMany(List.of(ALICE, ALEX, BOB));
    ListenerRecorder<String, Session> told = listen("a");

    table("b").delete("1");
    table("a").deleteObject(BOB);

    cluster.await(() -> told.told().size() == 3);
    assertThat(told.changes())
        .containsExactlyInAnyOrder(
            new Change<>("1", ALICE, null, Cause.REMOTE),
            new Change<>("1", ALEX, null, Cause.REMOTE),
            new Change<>("2", BOB, null, Cause.LOCAL))
        .endsWith(new Change<>("2", BOB, null, Cause.LOCAL));
  }

  @Test
  void listen_equalRecordsOfTwoNodes_areToldOnceAndGoWithTheLastOwner() {
    join("a", "b", "c");
    ListenerRecorder<String, Session> told = listen("a");

    table("b").insert(ALICE);
    table("c").insert(ALICE);
    table("b").insert(ALICE);
    kill("c");
    cluster.awaitDown("a", "c");
    kill("b");

    awaitTold(told, "INSERT 1 REMOTE", "DELETE 1 NODE_DOWN");
  }

  @Test
  void listen_ownRecordIsInsertedAgain_nothingIsTold() {
    start("a");
    ListenerRecorder<String, Session> told = listen("a");

    table("a").insert(ALICE);
    table("a").insert(ALICE);
    table("a").insert(BOB);

    awaitTold(told, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
  }

  @Test
  void join_oneKeyOnBothSides_onlyWhatIsNewIsTold() {
    start("a");
    start("b");
    table("a").insertMany(List.of(ALICE, BOB));
    table("b").insertMany(List.of(ALEX, BOB));
    ListenerRecorder<String, Session> told = listen("a");

    join("a", "b");

    awaitTold(told, "INSERT 1 JOIN");
    assertThat(told.changes()).containsExactly(new Change<>("1", null, ALEX, Cause.JOIN));
  }
}
