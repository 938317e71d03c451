package dev.cets.server.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read. */
public final class CountingInputStream extends FilterInputStream {
  private long count;

  /** Over this stream. */
  public CountingInputStream(InputStream in) {
    super(in);
  }

  /** How many bytes were read. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    count += b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    count += Math.max(0, n);
    return n;
  }
}
