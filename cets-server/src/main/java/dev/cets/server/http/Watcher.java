package dev.cets.server.http;

import dev.cets.Change;
import dev.cets.SnapshotListener;
import dev.cets.server.json.JsonRecord;
import java.io.IOException;
import java.util.List;

/**
 * One client that follows a table. The listener's own thread writes, and waits with the client:
 * what comes meanwhile is kept for a while, and then told as a gap.
 */
final class Watcher extends Follower implements SnapshotListener<String, JsonRecord> {
  Watcher(EventStream events, WatchTimes times) {
    super(events, times.beat(), times.patience());
  }

  @Override
  void periodic(EventStream to) throws IOException {
    to.beat();
  }

  @Override
  public void changed(Change<String, JsonRecord> change) {
    tell(WatchEvents.change(change));
  }

  @Override
  public void gap() {
    tell(WatchEvents.gap());
  }

  @Override
  public void snapshot(List<JsonRecord> records) {
    tell(WatchEvents.snapshot(records.size()));
    for (JsonRecord record : records) {
      if (isBroken()) {
        return;
      }
      tell(WatchEvents.record(record));
    }
  }

  @Override
  public void closed() {
    end();
  }
}
