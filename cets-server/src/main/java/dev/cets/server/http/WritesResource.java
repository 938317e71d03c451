package dev.cets.server.http;

import dev.cets.Receipt;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Writes to one table over HTTP. */
final class WritesResource {
  private final String name;
  private final RecordTable table;

  WritesResource(String name, RecordTable table) {
    this.name = name;
    this.table = table;
  }

  void put(String key, ServerRequest request, ServerResponse response) throws IOException {
    var query = new QueryParameters(request, "timeout");
    RecordsResource.requireKey(key);
    // In a bag it would not replace what is there, as this method promises.
    if (table.isBag()) {
      throw new ProblemException(Problem.bag(name, "PUT"));
    }
    JsonRecord record = read(Body.of(request));
    if (!record.key().equals(key)) {
      throw new ProblemException(
          Problem.badRequest(
              "the path says key '%s', but field '%s' of the record is '%s'; they must be the same"
                  .formatted(key, table.format().keyField(), record.key())));
    }
    answer(response, WriteSummary.ofInserts(), table.insert(List.of(record), query.deadline()));
  }

  /** Removing what is not there is no error: what is claimed holds. */
  void delete(String key, ServerRequest request, ServerResponse response) {
    var query = new QueryParameters(request, "timeout");
    RecordsResource.requireKey(key);
    answer(response, WriteSummary.ofDeletes(), table.delete(key, query.deadline()));
  }

  /** A body of type application/json is one record; any other is JSON lines. */
  void insert(ServerRequest request, ServerResponse response) throws IOException {
    var query = new QueryParameters(request, "timeout", "mode");
    String mode = query.text("mode");
    if (mode != null) {
      insertSerialised(mode, query.deadline(), request, response);
    } else if (isOneRecord(request)) {
      answer(
          response,
          WriteSummary.ofInserts(),
          table.insert(List.of(read(Body.of(request))), query.deadline()));
    } else {
      Duration deadline = query.deadline();
      var summary = WriteSummary.ofInserts();
      new BatchWriter(table.format(), lines -> table.insert(lines, deadline), summary)
          .write(Body.of(request));
      Answers.json(response, Status.OK_200, summary.json());
    }
  }

  /** Removes exactly the records of the JSON lines; those that do not stand are passed over. */
  void deleteObjects(ServerRequest request, ServerResponse response) throws IOException {
    Duration deadline = new QueryParameters(request, "timeout").deadline();
    var summary = WriteSummary.ofDeletes();
    new BatchWriter(table.format(), lines -> table.deleteObjects(lines, deadline), summary)
        .write(Body.of(request));
    Answers.json(response, Status.OK_200, summary.json());
  }

  private static boolean isOneRecord(ServerRequest request) {
    return request
        .headers()
        .contentType()
        .map(type -> type.mediaType().text().equals("application/json"))
        .orElse(false);
  }

  /** One record, whatever the body's type: each has an outcome of its own. */
  private void insertSerialised(
      String mode, Duration deadline, ServerRequest request, ServerResponse response)
      throws IOException {
    switch (mode) {
      case "new" -> {
        JsonRecord record = read(Body.of(request));
        List<JsonRecord> standing = table.insertNew(record, deadline);
        if (!standing.isEmpty()) {
          throw new ProblemException(Problem.keyTaken(name, record.key(), standing));
        }
        Answers.json(response, Status.OK_200, Json.object().put("written", 1));
      }
      case "serial" ->
          answer(
              response,
              WriteSummary.ofInserts(),
              table.insertSerial(read(Body.of(request)), deadline));
      default ->
          throw new ProblemException(
              Problem.badRequest("mode is '" + mode + "'; new or serial is allowed"));
    }
  }

  private static void answer(ServerResponse response, WriteSummary summary, Receipt receipt) {
    summary.add(receipt, 1);
    Answers.json(response, Status.OK_200, summary.json());
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
}
