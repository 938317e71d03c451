package dev.cets;

import dev.cets.table.FakeLoop;
import dev.cets.table.FakeTransport;

/**
 * Nobody to talk to, and no thread: the loop turns while somebody waits for it. Time stands still,
 * so nothing that is scheduled is ever due. For one thread.
 */
final class StillTransport extends FakeTransport {
  StillTransport() {
    super(new Loop());
  }

  private static final class Loop extends FakeLoop {
    Loop() {
      whileWaiting(limit -> turnOnce());
    }

    private void turnOnce() {
      inLoop(true);
      turn();
      inLoop(false);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {}
  }
}
