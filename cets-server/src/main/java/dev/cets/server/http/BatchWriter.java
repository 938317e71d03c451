package dev.cets.server.http;

import dev.cets.CetsException;
import dev.cets.Receipt;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.LineReader;
import dev.cets.server.json.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes or removes the records of JSON lines in batches, one after the other, so that of two lines
 * with one key the later stands. Used once.
 */
final class BatchWriter {
  private static final int BATCH_RECORDS = 500;
  private static final int BATCH_BYTES = 1024 * 1024;

  private final RecordFormat format;
  private final Function<List<JsonRecord>, Receipt> write;
  private final WriteSummary summary;
  private final List<JsonRecord> batch = new ArrayList<>();
  private int batchBytes;
  private long batchFirstLine;

  BatchWriter(
      RecordFormat format, Function<List<JsonRecord>, Receipt> write, WriteSummary summary) {
    this.format = format;
    this.write = write;
    this.summary = summary;
  }

  void write(InputStream body) throws IOException {
    var lines = new LineReader(body, RecordFormat.MAX_RECORD_BYTES);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        add(format.read(line), lines.lineNumber());
      }
    } catch (BadRecordException e) {
      flush(lines.lineNumber() - 1);
      throw new ProblemException(
          Problem.badRecord(e)
              .detail("line " + lines.lineNumber() + ": " + e.getMessage())
              .with("line", lines.lineNumber())
              .with("reason", String.valueOf(e.getMessage()))
              .with(summary.counted(), summary.count()));
    }
    flush(lines.lineNumber());
  }

  private void add(JsonRecord record, long line) {
    if (batch.isEmpty()) {
      batchFirstLine = line;
    }
    batch.add(record);
    batchBytes += record.length();
    if (batch.size() >= BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
      flush(line);
    }
  }

  private void flush(long lastLine) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Receipt receipt = write.apply(List.copyOf(batch));
      summary.add(receipt, batch.size());
    } catch (CetsException e) {
      throw new ProblemException(
          Problem.of(e)
              .with("fromLine", batchFirstLine)
              .with("toLine", lastLine)
              .with(summary.counted(), summary.count()));
    }
    batch.clear();
    batchBytes = 0;
  }
}
