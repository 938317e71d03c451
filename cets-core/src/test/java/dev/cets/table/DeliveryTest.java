package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Cause;
import dev.cets.replication.Rules;
import dev.cets.spi.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final int MOST = 3;

  private final Loop loop = new Loop();
  private final Worker worker = new Worker();
  private final List<String> records = new ArrayList<>();
  private final ChangeFeed<Integer, String> feed =
      new ChangeFeed<>(new OnLoop(), Rules.ALL, this::read);
  private final Told told = new Told();

  private Stream<String> read() {
    return records.stream();
  }

  private void insert(int key) {
    records.add("r" + key);
    feed.changed(key, null, "r" + key, Cause.LOCAL);
  }

  private Delivery<Integer, String> listen() {
    return feed.listen(told, worker, MOST);
  }

  private Delivery<Integer, String> subscribe() {
    return feed.subscribe(told, worker, MOST);
  }

  // ---- order

  @Test
  void changed_severalTimes_toldInOrderByOneTask() {
    listen();

    insert(1);
    feed.changed(1, "r1", "s1", Cause.REMOTE);
    feed.changed(1, "s1", null, Cause.NODE_DOWN);

    assertThat(worker.tasks).hasSize(1);
    worker.runAll();
    assertThat(told.log)
        .containsExactly("1 null r1 LOCAL", "1 r1 s1 REMOTE", "1 s1 null NODE_DOWN");
  }

  @Test
  void changed_whileTheSubscriberIsBusy_neitherWaitsNorOvertakes() {
    listen();
    told.during = () -> insert(told.log.size() + 1);

    insert(1);
    worker.runAll();

    assertThat(told.log).containsExactly("1 null r1 LOCAL", "2 null r2 LOCAL", "3 null r3 LOCAL");
    assertThat(worker.most).isOne();
  }

  @Test
  void changed_twoSubscribers_eachIsToldAll() {
    Told second = new Told();
    listen();
    feed.listen(second, worker, MOST);

    insert(1);
    worker.runAll();

    assertThat(told.log).isEqualTo(second.log).hasSize(1);
  }

  @Test
  void run_moreThanOthersShouldWaitFor_givesTheExecutorUpNowAndThen() {
    feed.listen(told, worker, 5_000);
    for (int key = 0; key < 2_500; key++) {
      insert(key);
    }

    worker.runOne();

    assertThat(told.log).hasSize(1_000);
    worker.runAll();
    assertThat(told.log).hasSize(2_500);
  }

  // ---- the limit

  @Test
  void changed_upToTheLimit_allAreTold() {
    listen();

    for (int key = 1; key <= MOST; key++) {
      insert(key);
    }
    worker.runAll();

    assertThat(told.log).hasSize(MOST).doesNotContain("gap");
  }

  @Test
  void changed_oneMoreThanTheLimit_allThatWaitedBecomeAGap() {
    Delivery<Integer, String> delivery = listen();

    for (int key = 1; key <= MOST + 10; key++) {
      insert(key);
    }

    assertThat(delivery.isIdle()).isFalse();
    worker.runAll();
    assertThat(told.log).containsExactly("gap");
    assertThat(delivery.isIdle()).isTrue();
  }

  @Test
  void gap_changesWhileTheListenerReads_areTold() {
    listen();
    for (int key = 1; key <= MOST + 1; key++) {
      insert(key);
    }
    told.during =
        () -> {
          told.log.add("reads " + read().toList());
          insert(99);
        };

    worker.runAll();

    assertThat(told.log).containsExactly("gap", "reads [r1, r2, r3, r4]", "99 null r99 LOCAL");
  }

  @Test
  void gap_subscriberWithSnapshots_isGivenAnother() {
    subscribe();
    loop.turn();
    worker.runAll();
    for (int key = 1; key <= MOST + 1; key++) {
      insert(key);
    }

    worker.runAll();
    insert(5); // before the loop has come to the snapshot, so it is in there
    loop.turn();
    insert(6);
    worker.runAll();

    assertThat(told.log)
        .containsExactly("snapshot []", "gap", "snapshot [r1, r2, r3, r4, r5]", "6 null r6 LOCAL");
  }

  // ---- snapshots

  @Test
  void subscribe_changesBeforeTheSnapshot_areOnlyInTheSnapshot() {
    insert(1);
    Delivery<Integer, String> delivery = subscribe();
    insert(2);

    assertThat(delivery.isIdle()).isFalse();
    loop.turn();
    insert(3);
    worker.runAll();

    assertThat(told.log).containsExactly("snapshot [r1, r2]", "3 null r3 LOCAL");
  }

  // ---- what goes wrong

  @Test
  void changed_subscriberThrows_theNextChangeIsTold() {
    listen();
    told.thrown = new IllegalStateException("no");
    insert(1);
    insert(2);

    worker.runAll();

    assertThat(told.log)
        .containsExactly(
            "1 null r1 LOCAL",
            "failed java.lang.IllegalStateException: no",
            "2 null r2 LOCAL",
            "failed java.lang.IllegalStateException: no");
  }

  @Test
  void changed_subscriberThrowsAnError_theNextChangeIsTold() {
    listen();
    told.thrown = new StackOverflowError();
    insert(1);
    worker.runAll();
    told.thrown = null;
    insert(2);

    worker.runAll();

    assertThat(told.log).endsWith("failed java.lang.StackOverflowError", "2 null r2 LOCAL");
  }

  @Test
  void changed_executorRejects_isAskedAgainLater() {
    Delivery<Integer, String> delivery = listen();
    worker.full = true;
    insert(1);
    insert(2);

    assertThat(loop.delayed).hasSize(1);
    assertThat(delivery.isIdle()).isFalse();
    worker.full = false;
    loop.runDelayed();
    worker.runAll();

    assertThat(told.log).containsExactly("1 null r1 LOCAL", "2 null r2 LOCAL");
  }

  @Test
  void changed_executorDiesOfAnError_isAskedAgainLater() {
    listen();
    worker.broken = new InternalError("unable to create native thread");
    insert(1);

    worker.broken = null;
    loop.runDelayed();
    worker.runAll();

    assertThat(told.log).containsExactly("1 null r1 LOCAL");
  }

  // ---- its end

  @Test
  void close_changesThatWait_areNotTold() {
    Delivery<Integer, String> delivery = listen();
    insert(1);

    delivery.close();
    delivery.close();
    insert(2);
    worker.runAll();

    assertThat(told.log).isEmpty();
    assertThat(feed.wanted()).isFalse();
  }

  @Test
  void close_byTheSubscriberItself_nothingFollows() {
    Delivery<Integer, String> delivery = listen();
    told.during = delivery::close;
    insert(1);
    insert(2);

    worker.runAll();

    assertThat(told.log).containsExactly("1 null r1 LOCAL");
  }

  @Test
  void close_beforeTheSnapshot_nothingIsTold() {
    subscribe().close();

    loop.turn();
    worker.runAll();

    assertThat(told.log).isEmpty();
  }

  @Test
  void closeOfTheTable_changesThatWait_areDroppedAndTheEndIsTold() {
    listen();
    insert(1);

    feed.close();
    feed.close();
    insert(2);
    worker.runAll();

    assertThat(told.log).containsExactly("closed");
  }

  @Test
  void listen_tableClosed_isToldTheEnd() {
    feed.close();

    listen();
    worker.runAll();

    assertThat(told.log).containsExactly("closed");
  }

  // ---- what it works with

  private static final class Told implements ChangeSubscriber<Integer, String> {
    final List<String> log = new ArrayList<>();
    @Nullable Throwable thrown;
    @Nullable Runnable during;

    private void told(String what) {
      log.add(what);
      Runnable action = during;
      if (action != null && log.size() < 3) {
        action.run();
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
    }

    @Override
    public void changed(Integer key, @Nullable String before, @Nullable String after, Cause cause) {
      told(key + " " + before + " " + after + " " + cause);
    }

    @Override
    public void snapshot(List<String> all) {
      told("snapshot " + all);
    }

    @Override
    public void gap() {
      told("gap");
    }

    @Override
    public void closed() {
      told("closed");
    }

    @Override
    public void failed(Throwable failure) {
      log.add("failed " + failure);
    }
  }

  private static final class Worker implements Executor {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    boolean full;
    @Nullable Error broken;
    int most;

    @Override
    public void execute(Runnable task) {
      if (broken != null) {
        throw broken;
      }
      if (full) {
        throw new RejectedExecutionException("full");
      }
      tasks.add(task);
      most = Math.max(most, tasks.size());
    }

    void runOne() {
      Objects.requireNonNull(tasks.poll()).run();
    }

    void runAll() {
      while (!tasks.isEmpty()) {
        runOne();
      }
    }
  }

  private static final class Loop extends FakeLoop {
    final List<Runnable> delayed = new ArrayList<>();

    @Override
    public void schedule(Runnable task, long delayNanos) {
      delayed.add(task);
    }

    void runDelayed() {
      List<Runnable> due = List.copyOf(delayed);
      delayed.clear();
      due.forEach(Runnable::run);
    }
  }

  private final class OnLoop implements WriteQueue {
    @Override
    public EventLoop loop() {
      return loop;
    }

    @Override
    public void submit(Runnable task) {
      loop.execute(task);
    }

    @Override
    public <T> void complete(CompletableFuture<T> future, T value) {
      future.complete(value);
    }
  }
}
