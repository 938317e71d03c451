package dev.cets.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocumentTest {
  @Test
  void json_oneResult_hasTheFieldsThatScriptsRelyOn() throws IOException {
    JsonNode first = new ObjectMapper().readTree(SampleDocument.whole().json()).at("/results/0");

    assertThat(first.get("system").asText()).isEqualTo("cets");
    assertThat(first.get("metric").asText()).isEqualTo("insert_sync_1");
    assertThat(first.get("value").asDouble()).isEqualTo(9_000);
    assertThat(first.get("unit").asText()).isEqualTo("ops/s");
  }

  @Test
  void value_oddRounds_isTheMedianWithLeastAndGreatest() {
    Result result = SampleDocument.whole().result("cets", Metric.INSERT_SYNC_1).orElseThrow();

    assertThat(result)
        .isEqualTo(new Result("cets", "insert_sync_1", 9_000, "ops/s", 8_000, 10_000, 3));
  }

  @Test
  void value_evenRounds_isBetweenTheTwoInTheMiddle() {
    Results results = new Results();
    for (double round : new double[] {4, 1, 2, 9}) {
      results.add("cets", Metric.GET_SET, round);
    }
    Document document = results.document(SampleDocument.whole().setting());

    assertThat(document.result("cets", Metric.GET_SET).orElseThrow().value()).isEqualTo(3);
  }

  @Test
  void whole_cellThatIsNotOffered_staysTrue() {
    assertThat(SampleDocument.whole().missing()).hasSize(1);
    assertThat(SampleDocument.whole().whole()).isTrue();
    assertThat(SampleDocument.failed().whole()).isFalse();
  }

  @Test
  void parse_textOfSomethingElse_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Document.parse("{\"results\":3}"))
        .withMessageContaining("not the result of a run");
  }

  @Test
  void metrics_allThatArePromised_haveTheirNames() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::id))
        .contains(
            "raw_roundtrip",
            "insert_sync_1",
            "insert_sync_64",
            "insert_async_1",
            "insert_many_100",
            "insert_new_local_leader",
            "insert_new_remote_leader",
            "insert_serial_8_nodes_same_key",
            "get_set",
            "get_ordered",
            "range_100",
            "join_1m_seconds",
            "join_1m_insert_p999_ms",
            "rejoin_1pct_bytes",
            "rejoin_1pct_seconds",
            "heap_bytes_per_record",
            "hide_100k_of_1m_ms",
            "cpu_us_per_insert");
  }
}
