package dev.cets.server.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, each of bounded length, with their numbers. */
public final class LineReader {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private byte[] buffer = new byte[CHUNK_BYTES];
  private int from;
  private int to;
  private long lineNumber;

  /** Over this stream, which stays the caller's. */
  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** The number of the line last returned or refused; the first is 1. */
  public long lineNumber() {
    return lineNumber;
  }

  /**
   * The next line that is not blank, without its end; null after the last.
   *
   * @throws BadRecordException if it is longer than allowed; nothing can be read after that
   */
  public byte @Nullable [] next() throws IOException, BadRecordException {
    while (true) {
      int end = findEnd();
      if (end < 0) {
        return null;
      }
      lineNumber++;
      int start = from;
      from = Math.min(end + 1, to);
      int last = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
      if (!isBlank(start, last)) {
        return Arrays.copyOfRange(buffer, start, last);
      }
    }
  }

  /** The index of the next line's end, or -1 if there is no further line. */
  private int findEnd() throws IOException, BadRecordException {
    int scanned = from;
    while (true) {
      for (; scanned < to; scanned++) {
        if (buffer[scanned] == '\n') {
          return scanned;
        }
      }
      if (to - from > maxLineBytes) {
        lineNumber++;
        throw BadRecordException.tooLarge(
            "the line has more than %,d bytes, which is the most allowed".formatted(maxLineBytes));
      }
      int shift = from;
      if (!fill()) {
        return from == to ? -1 : to;
      }
      scanned -= shift - from;
    }
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      return false;
    }
    to += read;
    return true;
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
