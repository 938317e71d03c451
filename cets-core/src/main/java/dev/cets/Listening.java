package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.ChangeSubscriber;
import dev.cets.table.Delivery;
import dev.cets.table.TableCalls;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a table tells into what an application's listener sees. */
final class Listening<K, R> implements ChangeSubscriber<K, R> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.listeners");
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final NodeRuntime runtime;
  private final String table;
  private final ChangeListener<K, R> listener;
  private final @Nullable SnapshotListener<K, R> snapshots;
  private long failures;
  private long loggedNanos;

  private Listening(
      NodeRuntime runtime,
      String table,
      ChangeListener<K, R> listener,
      @Nullable SnapshotListener<K, R> snapshots) {
    this.runtime = runtime;
    this.table = table;
    this.listener = listener;
    this.snapshots = snapshots;
  }

  static <K, R> Subscription listen(
      NodeRuntime runtime,
      TableCalls<K, R> calls,
      ChangeListener<K, R> listener,
      ListenerOptions options) {
    Delivery<K, R> delivery =
        calls
            .changes()
            .listen(
                new Listening<>(runtime, calls.table().name(), listener, null),
                options.executor(),
                options.maxEvents());
    return delivery::close;
  }

  static <K, R> Subscription subscribe(
      NodeRuntime runtime,
      TableCalls<K, R> calls,
      SnapshotListener<K, R> listener,
      ListenerOptions options) {
    Delivery<K, R> delivery =
        calls
            .changes()
            .subscribe(
                new Listening<>(runtime, calls.table().name(), listener, listener),
                options.executor(),
                options.maxEvents());
    return delivery::close;
  }

  @Override
  public void changed(
      K key, @Nullable R before, @Nullable R after, dev.cets.replication.Cause cause) {
    listener.changed(new Change<>(key, before, after, cause(cause)));
  }

  private static Change.Cause cause(dev.cets.replication.Cause cause) {
    return switch (cause) {
      case LOCAL -> Change.Cause.LOCAL;
      case REMOTE -> Change.Cause.REMOTE;
      case JOIN -> Change.Cause.JOIN;
      case NODE_DOWN -> Change.Cause.NODE_DOWN;
      case CONFLICT -> Change.Cause.CONFLICT;
    };
  }

  @Override
  public void snapshot(List<R> records) {
    SnapshotListener<K, R> wants = snapshots;
    if (wants != null) {
      wants.snapshot(records);
    }
  }

  @Override
  public void gap() {
    listener.gap();
  }

  @Override
  public void closed() {
    listener.closed();
  }

  /** One line, once a minute, with how often it happened. */
  @Override
  public void failed(Throwable thrown) {
    failures++;
    long now = runtime.loop().nanoTime();
    if (failures == 1 || now - loggedNanos > QUIET_NANOS) {
      loggedNanos = now;
      LOG.error(
          "{}: a listener of table {} has failed {} times; it goes on with the next change",
          runtime.name(),
          table,
          failures,
          thrown);
    }
  }
}
