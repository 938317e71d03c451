package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cets.replication.Event.TaskDone;
import dev.cets.replication.Event.TaskLate;
import dev.cets.replication.Net.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which tasks of the protocol are watched, and what is said of them. */
class LongTasksProtocolTest {
  private final Net net = new Net();

  @Test
  void write_peerDoesNotAcknowledge_toldWithItsNameAndWhenItDoes() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.loses = delivery -> delivery.text().contains("ack");
    a.write("k=1", "l=2");
    net.live(Duration.ofSeconds(6));

    assertThat(a.told(TaskLate.class)).hasSize(1);
    TaskLate late = a.told(TaskLate.class).getFirst();
    assertThat(late.task()).isEqualTo("acknowledgement of writes of table notes");
    assertThat(late.waitsFor()).startsWith("b, for 2 writes of ").endsWith(" bytes");
    assertThat(a.told(TaskDone.class)).isEmpty();

    net.loses = delivery -> false;
    net.live(Duration.ofSeconds(10)); // the link begins anew

    assertThat(a.told(TaskDone.class)).hasSize(1);
  }

  @Test
  void write_acknowledgedSteadily_nothingIsTold() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);

    for (int i = 0; i < 100; i++) {
      a.write("k=" + i);
      net.live(Duration.ofMillis(200));
    }

    assertThat(a.told(TaskLate.class)).isEmpty();
    assertThat(b.told(TaskLate.class)).isEmpty();
  }

  @Test
  void pull_chunksDoNotCome_toldWithHowFarItIs() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false).write("k=1", "l=2");
    net.loses = delivery -> delivery.to() == a && delivery.text().contains("chunk");
    net.join(a, b);

    net.live(Duration.ofSeconds(6));

    assertThat(a.told(TaskLate.class))
        .extracting(TaskLate::task, TaskLate::waitsFor)
        .containsExactly(
            tuple("transfer of table notes from b", "b, has 0 of about 0 records, 0 bytes, 0 %"));
  }

  @Test
  void pull_oneAfterTheOther_theOneThatWaitsForASlotIsToldToo() {
    Node a = net.node("a", "test", Settings.DEFAULTS.withMaxTransfers(1), 0).open(false);
    Node b = net.node("b").open(false).write("k=1");
    Node c = net.node("c").open(false).write("l=2");
    net.loses = delivery -> delivery.to() == a && delivery.text().contains("chunk");
    net.join(a, b, c);

    net.live(Duration.ofSeconds(6));

    assertThat(a.told(TaskLate.class))
        .extracting(TaskLate::task, TaskLate::waitsFor)
        .contains(tuple("transfer of table notes from c", "other transfers to end"));
  }

  @Test
  void handle_handlersTakeLong_toldUntilTheyAreDoneAlsoAfterTheirBound() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.cut(a, b);
    net.run();
    long number = a.table().losses().handle("b");

    net.live(Duration.ofSeconds(41), a);
    a.table().handled(number);

    assertThat(a.told(TaskLate.class))
        .hasSize(8)
        .first()
        .extracting(TaskLate::task, TaskLate::waitsFor)
        .containsExactly("node-down handling of table notes for b", "the application's handlers");
    assertThat(a.told(Event.HandlersLate.class)).hasSize(1);
    assertThat(a.told(TaskDone.class)).hasSize(1);
  }

  @Test
  void leave_tasksUnderWay_theirEndIsNoError() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.loses = delivery -> delivery.text().contains("ack");
    a.write("k=1");
    net.live(Duration.ofSeconds(6));
    int before = a.events.size();

    a.core.leave();
    net.pass(Duration.ofSeconds(20));
    a.tick();

    assertThat(a.events.subList(before, a.events.size())).isEmpty();
  }
}
