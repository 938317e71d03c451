package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.Receipt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The receipts of several writes as one: applied by those nodes that have applied all of them. */
final class WriteSummary {
  private long written;
  private @Nullable Set<String> appliedBy;
  private final Set<String> left = new TreeSet<>();

  void add(Receipt receipt, int records) {
    written += records;
    if (appliedBy == null) {
      appliedBy = new TreeSet<>(receipt.appliedBy());
    } else {
      appliedBy.retainAll(receipt.appliedBy());
    }
    left.addAll(receipt.left());
  }

  long written() {
    return written;
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("written", written);
    json.set("appliedBy", Json.sorted(appliedBy == null ? Set.of() : appliedBy));
    json.set("left", Json.sorted(left));
    return json;
  }
}
