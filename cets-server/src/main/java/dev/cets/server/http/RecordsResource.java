package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.KeyRange;
import dev.cets.server.json.Keys;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads of one table over HTTP. */
final class RecordsResource {
  private static final int STREAM_BUFFER_BYTES = 64 * 1024;

  private final String name;
  private final RecordTable table;

  RecordsResource(String name, RecordTable table) {
    this.name = name;
    this.table = table;
  }

  /**
   * Records as JSON lines; {@code from} is in the range, {@code to} is not. With {@code node} as
   * that node shows them.
   */
  void list(ServerRequest request, ServerResponse response) throws IOException {
    var query =
        new QueryParameters(
            request, "from", "to", "prefix", "limit", "descending", "node", "timeout");
    KeyRange range = KeyRange.of(query.text("from"), query.text("to"), query.text("prefix"));
    long limit = query.count("limit", Long.MAX_VALUE);
    boolean descending = query.flag("descending");
    Duration deadline = query.deadline();
    String node = query.text("node");
    Stream<JsonRecord> read =
        node == null
            ? table.read(range, descending)
            : table.readOf(node, deadline, range, descending);
    Iterator<JsonRecord> records = read.limit(limit).iterator();
    response.header("Content-Type", "application/x-ndjson");
    try (OutputStream out =
        new BufferedOutputStream(response.outputStream(), STREAM_BUFFER_BYTES)) {
      while (records.hasNext()) {
        records.next().writeTo(out);
        out.write('\n');
      }
    }
  }

  /** Of a set the record, of a bag an array of records. */
  void get(String key, ServerRequest request, ServerResponse response) throws IOException {
    var unused = new QueryParameters(request);
    requireKey(key);
    List<JsonRecord> records = table.lookup(key);
    if (records.isEmpty()) {
      throw new ProblemException(Problem.absentKey(name, key));
    }
    if (table.isBag()) {
      ArrayNode array = Json.array();
      Json.rawSorted(records).forEach(array::addRawValue);
      Answers.json(response, Status.OK_200, array);
    } else {
      var body = new ByteArrayOutputStream(records.getFirst().length());
      records.getFirst().writeTo(body);
      Answers.json(response, Status.OK_200, body.toByteArray());
    }
  }

  static void requireKey(String key) {
    try {
      Keys.require(key);
    } catch (BadRecordException e) {
      throw new ProblemException(Problem.badRecord(e));
    }
  }
}
