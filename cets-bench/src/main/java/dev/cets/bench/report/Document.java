package dev.cets.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Optional;

/**
 * All that a run ends with; its text is JSON.
 *
 * @param results the figures
 * @param missing the cells that stay empty
 * @param setting where and how
 */
public record Document(List<Result> results, List<Missing> missing, Setting setting) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The figure of a system. */
  public Optional<Result> result(String system, Metric metric) {
    return results.stream()
        .filter(result -> result.system().equals(system) && result.metric().equals(metric.id()))
        .findFirst();
  }

  /** Why there is none. */
  public Optional<Missing> missing(String system, Metric metric) {
    return missing.stream()
        .filter(cell -> cell.system().equals(system) && cell.metric().equals(metric.id()))
        .findFirst();
  }

  /** Did everything go well that was tried? */
  public boolean whole() {
    return missing.stream().noneMatch(Missing::failed);
  }

  /** As text. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * From text.
   *
   * @throws IllegalArgumentException if it is not the text of a document; the message says why
   */
  public static Document parse(String json) {
    try {
      return JSON.readValue(json, Document.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the result of a run: " + e.getOriginalMessage(), e);
    }
  }
}
