package dev.cets.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("reads what all log")
class FileDiscoveryTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(FileDiscovery.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Path file;
  private final FileDiscovery discovery;

  FileDiscoveryTest(@TempDir Path directory) {
    file = directory.resolve("nodes.txt");
    discovery = new FileDiscovery(file);
  }

  @BeforeEach
  void catchLog() {
    logger.setAdditive(false);
    logger.setLevel(Level.WARN);
    logger.addAppender(logged);
    logged.start();
  }

  @AfterEach
  void releaseLog() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private List<String> discovered(String content) throws IOException {
    Files.writeString(file, content);
    return discovery.discover().stream().map(NodeAddress::toString).toList();
  }

  private List<String> messages() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void discover_unixAndWindowsLineEnds_allUsed() throws IOException {
    assertThat(discovered("a:1\nb:2\r\nc:3\r\n\nd:4")).containsExactly("a:1", "b:2", "c:3", "d:4");
    assertThat(messages()).isEmpty();
  }

  @Test
  void discover_severalInALine_allUsed() throws IOException {
    assertThat(discovered("  a:1   b:2\tc:3 \n d:4\n")).containsExactly("a:1", "b:2", "c:3", "d:4");
  }

  @Test
  void discover_blankLinesAndComments_passedOver() throws IOException {
    assertThat(discovered("# all nodes\n\n   \n  # x:1 y:2\na:1 # first: b:2\nc:3#d:4\n#"))
        .containsExactly("a:1", "c:3");
    assertThat(messages()).isEmpty();
  }

  @Test
  void discover_ipv6InBrackets_used() throws IOException {
    assertThat(discovered("[::1]:7800 [fe80::2]:7801"))
        .containsExactly("[::1]:7800", "[fe80::2]:7801");
  }

  @Test
  void discover_nameThatDoesNotResolve_givenAsItIs() throws IOException {
    assertThat(discovered("nobody.invalid:7800")).containsExactly("nobody.invalid:7800");
  }

  @Test
  void discover_sameAddressTwice_once() throws IOException {
    assertThat(discovered("a:1 a:1\na:1")).containsExactly("a:1");
  }

  @Test
  void discover_byteOrderMark_passedOver() throws IOException {
    assertThat(discovered("\ufeffa:1\r\n")).containsExactly("a:1");
  }

  @Test
  void discover_emptyFile_nobody() throws IOException {
    assertThat(discovered("")).isEmpty();
  }

  @Test
  void discover_wordThatIsNoAddress_othersUsedAndLoggedOnceWithLine() throws IOException {
    String content = "a:1\n\nb:2 ::1:7800 nonsense c:99999 d:4\nnonsense\n";
    assertThat(discovered(content)).containsExactly("a:1", "b:2", "d:4");
    assertThat(discovered(content)).containsExactly("a:1", "b:2", "d:4");
    assertThat(messages())
        .hasSize(3)
        .allMatch(message -> message.startsWith("nodes file " + file + ", line 3: "))
        .anyMatch(message -> message.contains("'::1:7800' is no address; an IPv6 host needs"))
        .anyMatch(message -> message.contains("'nonsense' is no address; host:port is needed"))
        .anyMatch(message -> message.contains("port is 99999; 1 to 65535 is allowed"));
  }

  @Test
  void discover_anotherBadWordLater_onlyThatIsLogged() throws IOException {
    assertThat(discovered("bad a:1")).hasSize(1);
    assertThat(discovered("bad worse a:1")).hasSize(1);
    assertThat(messages()).hasSize(2);
    assertThat(messages().get(1)).contains("'worse'");
  }

  @Test
  void discover_fileOfSomethingElse_logStaysShort() throws IOException {
    StringBuilder text = new StringBuilder("x\u0007".repeat(10_000)).append('\n');
    for (int i = 0; i < 5_000; i++) {
      text.append("word").append(i).append('\n');
    }
    assertThat(discovered(text.toString())).isEmpty();
    assertThat(discovered(text.toString())).isEmpty();
    assertThat(messages()).hasSize(21).allMatch(message -> message.length() < 1_000);
    assertThat(messages().getFirst()).contains("x?x?").doesNotContain("\u0007");
    assertThat(messages().getLast()).endsWith("5001 words are no addresses");
  }

  @Test
  void discover_missingFile_errorUntilItAppears() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(discovery::discover)
        .withMessage("nodes file " + file + " does not exist");
    assertThat(discovered("a:1")).containsExactly("a:1");
    Files.delete(file);
    assertThatExceptionOfType(IOException.class).isThrownBy(discovery::discover);
  }

  @Test
  void discover_directory_errorThatNamesIt() throws IOException {
    Files.createDirectory(file);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(discovery::discover)
        .withMessageStartingWith("nodes file " + file + " cannot be read: ");
  }

  @Test
  void discover_fileOverTheBound_error() throws IOException {
    String line = "a:1 #" + "x".repeat(1024 * 1024 - 6) + "\n";
    assertThat(line.getBytes(UTF_8)).hasSize(1024 * 1024);
    assertThat(discovered(line)).containsExactly("a:1");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> discovered(line + " "))
        .withMessage("nodes file " + file + " is larger than 1048576 bytes");
  }

  @Test
  void description_ofFile_namesIt() {
    assertThat(new FileDiscovery(Path.of("nodes.txt")).description()).isEqualTo("file nodes.txt");
    assertThat(discovery.longestInterval()).isEqualTo(Duration.ofSeconds(5));
  }
}
