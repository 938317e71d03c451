package dev.cets.server.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import java.util.OptionalDouble;

/**
 * What a daemon told at one moment.
 *
 * @param status its status document
 * @param counters what it has counted so far
 * @param nanos when it told that, by the clock of {@link System#nanoTime}
 */
public record Look(JsonNode status, Counters counters, long nanos) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Asks the daemon. One that serves no metrics is looked at without them. */
  public static Look at(DaemonClient daemon) throws DaemonFailure {
    JsonNode status = daemon.status();
    Counters counters = daemon.metrics().map(Counters::parse).orElse(Counters.NONE);
    return new Look(status, counters, System.nanoTime());
  }

  /**
   * How fast a table's counter grew since an earlier look, in units a second; empty if one of the
   * two does not have it, or if the daemon began anew in between.
   */
  OptionalDouble rate(Look before, String counter, String table) {
    OptionalDouble was = before.counters.of(counter, table);
    OptionalDouble is = counters.of(counter, table);
    double seconds = (nanos - before.nanos) / NANOS_PER_SECOND;
    return was.isEmpty() || is.isEmpty() || is.getAsDouble() < was.getAsDouble() || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((is.getAsDouble() - was.getAsDouble()) / seconds);
  }
}
