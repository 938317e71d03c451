package dev.cets.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.top.Line.Mood;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a terminal is sent. */
class ScreenTest {
  private static final List<Line> THREE =
      List.of(
          new Line("head", Mood.HEAD), new Line("plain", Mood.PLAIN), new Line("bad", Mood.BAD));

  @Test
  void text_thatFits_overwritesFromTheTopAndErasesTheRest() {
    assertThat(Screen.text(THREE, 3, false))
        .isEqualTo("<?2026h<Hhead<K\r\nplain<K\r\nbad<K<J<?2026l".replace("<", "\u001b["));
  }

  @Test
  void text_ofMoreLinesThanRows_endsWithDots() {
    assertThat(Screen.text(THREE, 2, false))
        .isEqualTo("\u001b[?2026h\u001b[Hhead\u001b[K\r\n...\u001b[K\u001b[J\u001b[?2026l");
  }

  @Test
  void text_coloured_stressesWhatIsWrong() {
    assertThat(Screen.text(THREE, 3, true))
        .contains("\u001b[1mhead\u001b[0m", "\nplain\u001b[K", "\u001b[31mbad\u001b[0m");
  }

  @Test
  void close_twice_givesTheTerminalBackOnce() {
    var bytes = new ByteArrayOutputStream();
    var screen = new Screen(new PrintStream(bytes, false, StandardCharsets.UTF_8), true);
    screen.close();
    screen.close();

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[?1049h\u001b[?25l\u001b[?25h\u001b[?1049l");
  }
}
