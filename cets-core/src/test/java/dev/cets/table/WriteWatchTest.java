package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.LocalWrite.Kind;
import org.junit.jupiter.api.Test;

class WriteWatchTest {
  private final WriteWatch watch = new WriteWatch("n", new FakeLoop());
  private final WriteWatcher watcher = (table, kind, outcome, nanos) -> {};

  @Test
  void begin_nobodyAsks_makesNothing() {
    assertThat(watch.begin("t", Kind.INSERT)).isNull();
    watch.add(watcher);
    assertThat(watch.begin("t", Kind.INSERT)).isNotNull();
    watch.remove(watcher);
    assertThat(watch.begin("t", Kind.INSERT)).isNull();
  }

  @Test
  void begin_barrier_isNoWrite() {
    watch.add(watcher);
    assertThat(watch.begin("t", Kind.BARRIER)).isNull();
  }
}
