package dev.cets.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final int RECORDS = 5_000;

  @Test
  void ofSet_eachPart_isFoundOncePerRecord() {
    Map<Part, Long> bytes = Footprint.ofSet(RECORDS);

    assertThat(bytes.keySet()).contains(Part.values());
    for (Part part :
        new Part[] {Part.RECORD, Part.KEY, Part.KEY_BYTES, Part.VALUE, Part.ENTRY, Part.INDEX}) {
      assertThat(each(bytes, part) / RECORDS).as(part.title()).isBetween(8L, 64L);
    }
    assertThat(each(bytes, Part.VALUE) / RECORDS).as("48 bytes and a header").isEqualTo(64);
    assertThat(each(bytes, Part.REST)).as("what is no record's").isLessThan(2_000);
  }

  @Test
  void ofMap_sameRecords_isLess() {
    long all = Footprint.ofSet(RECORDS).values().stream().mapToLong(Long::longValue).sum();

    assertThat(Footprint.ofMap(RECORDS)).isBetween(all / 2, all);
  }

  private static long each(Map<Part, Long> bytes, Part part) {
    return bytes.getOrDefault(part, 0L);
  }
}
