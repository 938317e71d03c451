package dev.cets.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** The body of a request, which must not drip in: what comes pays for the time that it took. */
final class Body extends FilterInputStream {
  /** So long may be waited for it, whatever comes. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** And so much longer for each byte that has come: 1 KiB a second is enough for ever. */
  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / 1024;

  private final long patienceNanos;
  private long waitedNanos;
  private long bytes;

  Body(InputStream in) {
    this(in, PATIENCE_NANOS);
  }

  Body(InputStream in, long patienceNanos) {
    super(in);
    this.patienceNanos = patienceNanos;
  }

  static InputStream of(ServerRequest request) {
    return request.content().hasEntity()
        ? new Body(request.content().inputStream())
        : InputStream.nullInputStream();
  }

  @Override
  public int read() throws IOException {
    long begin = System.nanoTime();
    int read = super.read();
    came(read < 0 ? 0 : 1, begin);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long begin = System.nanoTime();
    int read = super.read(target, offset, length);
    came(Math.max(0, read), begin);
    return read;
  }

  private void came(int count, long beginNanos) {
    waitedNanos += System.nanoTime() - beginNanos;
    bytes += count;
    if (waitedNanos > patienceNanos + bytes * NANOS_PER_BYTE) {
      throw new ProblemException(Problem.tooSlow());
    }
  }
}
