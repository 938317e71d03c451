package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.Receipt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The receipts of several writes as one: applied by those nodes that have applied all of them. */
final class WriteSummary {
  private final String counted;
  private long count;
  private @Nullable Set<String> appliedBy;
  private final Set<String> left = new TreeSet<>();

  private WriteSummary(String counted) {
    this.counted = counted;
  }

  /** Of inserts: every record counts. */
  static WriteSummary ofInserts() {
    return new WriteSummary("written");
  }

  /** Of removals: what was there counts. */
  static WriteSummary ofDeletes() {
    return new WriteSummary("deleted");
  }

  void add(Receipt receipt, int records) {
    count += counted.equals("deleted") ? receipt.changes() : records;
    if (appliedBy == null) {
      appliedBy = new TreeSet<>(receipt.appliedBy());
    } else {
      appliedBy.retainAll(receipt.appliedBy());
    }
    left.addAll(receipt.left());
  }

  /** What it counts, in one word. */
  String counted() {
    return counted;
  }

  long count() {
    return count;
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put(counted, count);
    json.set("appliedBy", Json.sorted(appliedBy == null ? Set.of() : appliedBy));
    json.set("left", Json.sorted(left));
    return json;
  }
}
