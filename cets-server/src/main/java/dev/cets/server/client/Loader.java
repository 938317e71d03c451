package dev.cets.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.console.Texts;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.LineReader;
import dev.cets.server.json.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Sends JSON lines to a daemon, batch by batch, one after the other, so that of two lines with one
 * key the later stands. Used once.
 */
public final class Loader {
  /** However long the lines are, a batch is sent when it has so many bytes. */
  private static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

  private final DaemonClient client;
  private final String table;
  private final String source;
  private final long[] lineNumbers;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private int batchLines;
  private long written;

  /** With the name of the source, for messages, and how many lines are sent at once. */
  public Loader(DaemonClient client, String table, String source, int batchLines) {
    this.client = client;
    this.table = table;
    this.source = source;
    this.lineNumbers = new long[batchLines];
  }

  /** How many records are known to be written. */
  public long written() {
    return written;
  }

  /**
   * Sends all lines; tells how many records are written by now after each batch.
   *
   * @throws DaemonFailure if a line is no record, the input breaks off, or the daemon refuses; says
   *     up to where it is written
   */
  public void load(InputStream in, LongConsumer progress) throws DaemonFailure {
    var lines = new LineReader(in, RecordFormat.MAX_RECORD_BYTES);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        lineNumbers[batchLines++] = lines.lineNumber();
        batch.write(line);
        batch.write('\n');
        if (batchLines == lineNumbers.length || batch.size() >= MAX_BATCH_BYTES) {
          send(progress);
        }
      }
    } catch (BadRecordException e) {
      send(progress);
      throw badLine(lines.lineNumber(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      send(progress);
      throw badLine(lines.lineNumber() + 1, "cannot be read on: " + e.getMessage());
    }
    send(progress);
  }

  private void send(LongConsumer progress) throws DaemonFailure {
    if (batchLines == 0) {
      return;
    }
    try {
      client.insertLines(table, batch.toByteArray());
    } catch (DaemonFailure e) {
      throw explain(e);
    }
    written += batchLines;
    batch.reset();
    batchLines = 0;
    progress.accept(written);
  }

  private DaemonFailure explain(DaemonFailure e) {
    JsonNode problem = e.problem();
    written += problem.path("written").asLong(0);
    int line = problem.path("line").asInt(0);
    if (line >= 1 && line <= batchLines) {
      return badLine(lineNumbers[line - 1], problem.path("reason").asText());
    }
    if (written == 0 && !problem.has("fromLine")) {
      return e;
    }
    int from = Math.clamp(problem.path("fromLine").asInt(1), 1, batchLines);
    int to = Math.clamp(problem.path("toLine").asInt(batchLines), from, batchLines);
    return new DaemonFailure(
        "%s, lines %d to %d: %s; %s"
            .formatted(
                source, lineNumbers[from - 1], lineNumbers[to - 1], e.getMessage(), before()));
  }

  private DaemonFailure badLine(long line, String reason) {
    return new DaemonFailure("%s:%d: %s; %s".formatted(source, line, reason, before()));
  }

  private String before() {
    return switch (Math.toIntExact(Math.min(written, 2))) {
      case 0 -> "nothing is written";
      case 1 -> "the good record before is written";
      default -> "the " + Texts.count(written) + " good records before are written";
    };
  }
}
