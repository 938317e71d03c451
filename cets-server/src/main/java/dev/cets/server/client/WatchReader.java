package dev.cets.server.client;

import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The events of a watched table, one JSON text each. Used by one thread. */
public final class WatchReader implements AutoCloseable {
  /** Two of the largest records, and what stands around them. */
  private static final int MAX_LINE_BYTES = 3 * 1024 * 1024;

  private static final String DATA = "data: ";

  private final InputStream in;
  private final LineReader lines;
  private final DaemonAddress address;
  private final Duration silenceLimit;
  private final Patience patience;

  WatchReader(InputStream in, DaemonAddress address, Duration silenceLimit) {
    this.in = in;
    this.lines = new LineReader(in, MAX_LINE_BYTES);
    this.address = address;
    this.silenceLimit = silenceLimit;
    this.patience = new Patience(silenceLimit);
  }

  /**
   * The next event. Blocks until there is one; the daemon sends signs of life meanwhile.
   *
   * @throws DaemonFailure if the daemon has gone, or says nothing for too long
   */
  public String next() throws DaemonFailure {
    while (true) {
      String line = line();
      if (line == null) {
        throw new DaemonFailure(
            "the daemon at %s has gone without a word; changes may be missed".formatted(address));
      }
      if (line.startsWith(DATA)) {
        return line.substring(DATA.length());
      }
    }
  }

  private @Nullable String line() throws DaemonFailure {
    try {
      byte[] bytes = patience.<byte @Nullable []>await(this::read);
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw new DaemonFailure(
          "the daemon at %s says nothing for %d s; changes may be missed"
              .formatted(address, silenceLimit.toSeconds()));
    } catch (IOException e) {
      throw new DaemonFailure(
          "the daemon at %s breaks off: %s; changes may be missed"
              .formatted(address, e.getMessage()));
    }
  }

  private byte @Nullable [] read() throws IOException {
    try {
      return lines.next();
    } catch (BadRecordException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    patience.close();
  }
}
