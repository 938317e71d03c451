package dev.cets.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchListTest {
  @TempDir private Path directory;

  private SearchList read(String text) throws IOException {
    return SearchList.read(Files.writeString(directory.resolve("resolv.conf"), text));
  }

  @Test
  void read_noFile_nameStaysAsItIs() {
    assertThat(SearchList.read(directory.resolve("none")).fullNames("a")).containsExactly("a");
  }

  @Test
  void read_severalLines_theLastListCounts() throws IOException {
    SearchList list =
        read("nameserver 10.0.0.10\ndomain x.test\n\n; search y.test\n  search b.test  c.test \n");

    assertThat(list.fullNames("a")).containsExactly("a.b.test", "a.c.test", "a");
  }

  @Test
  void fullNames_enoughDots_asItIsFirst() throws IOException {
    SearchList five = read("search b.test\noptions timeout:1 ndots:2\n");

    assertThat(five.fullNames("a.x")).containsExactly("a.x.b.test", "a.x");
    assertThat(five.fullNames("a.x.y")).containsExactly("a.x.y", "a.x.y.b.test");
  }

  @Test
  void fullNames_trailingDot_isComplete() throws IOException {
    assertThat(read("search b.test\n").fullNames("a.")).containsExactly("a.");
  }

  @Test
  void fullNames_tooLongWithADomain_thatOneIsLeftOut() throws IOException {
    String part = "a".repeat(63);
    String name = String.join(".", part, part, part, "a".repeat(58));

    assertThat(read("search bb b bb.test\n").fullNames(name))
        .containsExactly(name, name + ".bb", name + ".b");
    assertThat((name + ".bb").length()).isEqualTo(253);
  }

  @Test
  void read_nonsense_passedOver() throws IOException {
    SearchList list = read("search b/c d.test\noptions ndots:x ndots:99999\n\u0000\n");

    assertThat(list.fullNames("a")).containsExactly("a.d.test", "a");
    assertThat(read("options ndots:99\n").dots()).isEqualTo(15);
    assertThat(read("search " + "x ".repeat(100)).fullNames("a")).hasSize(33);
  }
}
