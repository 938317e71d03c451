package dev.cets.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static LineReader over(String text, int maxLineBytes) {
    return new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), maxLineBytes);
  }

  private static List<String> all(LineReader reader) throws IOException, BadRecordException {
    List<String> lines = new ArrayList<>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(reader.lineNumber() + ":" + new String(line, UTF_8));
    }
    return lines;
  }

  @Test
  void next_blankLinesAndBothKindsOfEnds_areSkippedButCounted() throws Exception {
    assertThat(all(over("a\n\nb\r\n  \t\r\nc", 10))).containsExactly("1:a", "3:b", "5:c");
    assertThat(all(over("", 10))).isEmpty();
    assertThat(all(over("\n", 10))).isEmpty();
    assertThat(all(over("a\n", 10))).containsExactly("1:a");
  }

  @Test
  void next_linesLongerThanTheBuffer_areWhole() throws Exception {
    String line = "x".repeat(200_000);
    List<String> lines = all(over("a\n" + line + "\n" + line + "\nb", 200_000));
    assertThat(lines).containsExactly("1:a", "2:" + line, "3:" + line, "4:b");
  }

  @Test
  void next_manyLines_areAllThere() throws Exception {
    var text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 50_000; i++) {
      text.append("line ").append(i).append('\n');
      expected.add(i + ":line " + i);
    }
    assertThat(all(over(text.toString(), 100))).isEqualTo(expected);
  }

  @Test
  void next_lineOverTheLimit_isRefusedWithItsNumber() throws Exception {
    LineReader reader = over("a\n" + "x".repeat(200_000), 100_000);
    assertThat(reader.next()).isNotNull();
    assertThatThrownBy(reader::next)
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("100,000");
    assertThat(reader.lineNumber()).isEqualTo(2);
  }
}
