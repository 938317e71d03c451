package dev.cets.server.console;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The terminal of this process, whose keys come one by one and are not shown until it is closed.
 * {@code stty} does that, which every system with such terminals has.
 */
public final class Keyboard implements AutoCloseable {
  /** What a key is when no more can come. */
  public static final int END = -1;

  private static final File TERMINAL = new File("/dev/tty");
  private static final Size USUAL = new Size(24, 80);
  private static final int STTY_SECONDS = 2;

  /**
   * How large a terminal is.
   *
   * @param rows lines
   * @param columns characters of a line
   */
  public record Size(int rows, int columns) {}

  private final String before;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Keyboard(String before) {
    this.before = before;
  }

  /**
   * Takes the keyboard; Ctrl-C is a key like others from then on.
   *
   * @param onKey is told each key, on a thread of its own
   * @throws IOException if there is no terminal, or no {@code stty}
   */
  public static Keyboard open(IntConsumer onKey) throws IOException {
    var keyboard = new Keyboard(stty("-g"));
    InputStream keys = new FileInputStream(TERMINAL);
    String unused = stty("-icanon", "-echo", "-isig", "min", "1", "time", "0");
    Thread.ofPlatform().daemon().name("keyboard").start(() -> read(keys, onKey));
    return keyboard;
  }

  /** As it is now; 24 rows of 80 if the terminal does not say. */
  public Size size() {
    try {
      String[] size = stty("size").split(" ", 2);
      var told = new Size(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
      return told.rows() > 0 && told.columns() > 0 ? told : USUAL;
    } catch (IOException | RuntimeException e) {
      return USUAL;
    }
  }

  private static void read(InputStream keys, IntConsumer onKey) {
    try (keys) {
      int key;
      do {
        key = keys.read();
        onKey.accept(key);
      } while (key != END);
    } catch (IOException e) {
      onKey.accept(END);
    }
  }

  /** Gives the keyboard back; more than once does no harm. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        String unused = stty(before);
      } catch (IOException e) {
        // A terminal that is gone needs nothing.
      }
    }
  }

  private static String stty(String... arguments) throws IOException {
    Process stty =
        new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(arguments)).toList())
            .redirectInput(TERMINAL)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || stty.exitValue() != 0) {
        throw new IOException("'stty " + String.join(" ", List.of(arguments)) + "' failed");
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      stty.destroyForcibly();
    }
  }
}
