package dev.cets.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RawElementsTest {
  @Test
  void elements_ofRawArrays_areTheirTexts() throws Exception {
    List<String> texts = List.of("{\"id\":1.10}", "{\"é\":[1,{}]}");
    String array = "[" + String.join(" , ", texts) + "]";
    assertThat(RawElements.ofArray(array.getBytes(UTF_8))).isEqualTo(texts);
    String problem = "{\"a\":[{\"b\":1}],\"standing\":" + array + "}";
    byte[] bytes = problem.getBytes(UTF_8);
    assertThat(RawElements.ofField(bytes, "standing")).isEqualTo(texts);
    assertThat(RawElements.ofField(bytes, "none")).isEmpty();
  }
}
