package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.Receipt;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.Keys;
import dev.cets.server.json.RecordFormat;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one table over HTTP. */
final class RecordsResource {
  private static final Comparator<JsonRecord> BY_KEY =
      Comparator.comparing(JsonRecord::key, Keys.CODE_POINT_ORDER);
  private static final int STREAM_BUFFER_BYTES = 64 * 1024;

  private final String name;
  private final RecordTable table;

  RecordsResource(String name, RecordTable table) {
    this.name = name;
    this.table = table;
  }

  /** All records as JSON lines; {@code from} is in the range, {@code to} is not. */
  void list(ServerRequest request, ServerResponse response) throws IOException {
    var query = new QueryParameters(request, "from", "to", "prefix", "limit");
    String from = query.text("from");
    String to = query.text("to");
    String prefix = query.text("prefix");
    long limit = query.count("limit", Long.MAX_VALUE);
    // Only references are sorted; the texts go out one by one.
    List<JsonRecord> records =
        table.stream()
            .filter(r -> isWithin(r.key(), from, to, prefix))
            .sorted(BY_KEY)
            .limit(limit)
            .toList();
    response.header("Content-Type", "application/x-ndjson");
    try (OutputStream out =
        new BufferedOutputStream(response.outputStream(), STREAM_BUFFER_BYTES)) {
      for (JsonRecord record : records) {
        record.writeTo(out);
        out.write('\n');
      }
    }
  }

  private static boolean isWithin(
      String key, @Nullable String from, @Nullable String to, @Nullable String prefix) {
    return (prefix == null || key.startsWith(prefix))
        && (from == null || Keys.CODE_POINT_ORDER.compare(key, from) >= 0)
        && (to == null || Keys.CODE_POINT_ORDER.compare(key, to) < 0);
  }

  void get(String key, ServerRequest request, ServerResponse response) throws IOException {
    var unused = new QueryParameters(request);
    requireKey(key);
    JsonRecord record = table.lookup(key);
    if (record == null) {
      throw new ProblemException(Problem.absentKey(name, key));
    }
    var body = new ByteArrayOutputStream(record.length());
    record.writeTo(body);
    Answers.json(response, Status.OK_200, body.toByteArray());
  }

  void put(String key, ServerRequest request, ServerResponse response) throws IOException {
    var query = new QueryParameters(request, "timeout");
    requireKey(key);
    JsonRecord record = read(body(request));
    if (!record.key().equals(key)) {
      throw new ProblemException(
          Problem.badRequest(
              "the path says key '%s', but field '%s' of the record is '%s'; they must be the same"
                  .formatted(key, table.format().keyField(), record.key())));
    }
    var summary = new WriteSummary();
    summary.add(table.insert(List.of(record), query.deadline()), 1);
    Answers.json(response, Status.OK_200, summary.json());
  }

  /** Removing what is not there is no error: what is claimed holds. */
  void delete(String key, ServerRequest request, ServerResponse response) {
    var query = new QueryParameters(request, "timeout");
    requireKey(key);
    Receipt receipt = table.delete(key, query.deadline());
    ObjectNode json = Json.object();
    json.put("deleted", receipt.changes());
    json.set("appliedBy", Json.sorted(receipt.appliedBy()));
    json.set("left", Json.sorted(receipt.left()));
    Answers.json(response, Status.OK_200, json);
  }

  /** A body of type application/json is one record; any other is JSON lines. */
  void insert(ServerRequest request, ServerResponse response) throws IOException {
    var query = new QueryParameters(request, "timeout");
    boolean single =
        request
            .headers()
            .contentType()
            .map(type -> type.mediaType().text().equals("application/json"))
            .orElse(false);
    WriteSummary summary = new WriteSummary();
    if (single) {
      summary.add(table.insert(List.of(read(body(request))), query.deadline()), 1);
    } else {
      new BatchWriter(table, query.deadline(), summary).write(body(request));
    }
    Answers.json(response, Status.OK_200, summary.json());
  }

  private static InputStream body(ServerRequest request) {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : InputStream.nullInputStream();
  }

  private JsonRecord read(InputStream body) throws IOException {
    byte[] text = body.readNBytes(RecordFormat.MAX_RECORD_BYTES + 1);
    if (text.length > RecordFormat.MAX_RECORD_BYTES) {
      throw new ProblemException(
          Problem.tooLarge(
              "the record has more than %,d bytes, which is the most allowed"
                  .formatted(RecordFormat.MAX_RECORD_BYTES)));
    }
    try {
      return table.format().read(text);
    } catch (BadRecordException e) {
      throw new ProblemException(Problem.badRecord(e));
    }
  }

  private static void requireKey(String key) {
    try {
      Keys.require(key);
    } catch (BadRecordException e) {
      throw new ProblemException(Problem.badRecord(e));
    }
  }
}
