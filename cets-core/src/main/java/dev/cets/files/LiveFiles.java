package dev.cets.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in files that may be replaced at any time: as it was when they could last be used.
 *
 * @param <T> what is read from them
 */
public final class LiveFiles<T> {
  private static final Logger log = LoggerFactory.getLogger(LiveFiles.class);

  private final String what;
  private final List<Path> files;
  private final Supplier<T> reading;
  private volatile T current;
  private List<FileState> states;
  private String lastProblem = "";

  /**
   * Reads them, now for the first time.
   *
   * @param what they hold, as the log says it at the beginning of a line
   * @param reading reads the files; throws an IllegalArgumentException if they cannot be used
   * @throws IllegalArgumentException of the reading
   */
  public LiveFiles(String what, List<Path> files, Supplier<T> reading) {
    this.what = what;
    this.files = List.copyOf(files);
    this.reading = reading;
    // Before the files: what changes while they are read is seen as a change.
    states = FileState.of(files);
    current = reading.get();
  }

  /** What counts at the moment. */
  public T current() {
    return current;
  }

  /**
   * Reads the files again if they have changed; to be called every few seconds. As long as they
   * cannot be used the former content counts, and the log says why, once for each reason. Blocks on
   * the disk, and never throws.
   *
   * @return whether something else counts now
   */
  public synchronized boolean refresh() {
    List<FileState> now = FileState.of(files);
    if (now.equals(states)) {
      return false;
    }
    try {
      current = reading.get();
      // Only now: files that do not go together yet are read again.
      states = now;
      lastProblem = "";
      log.info("{} read anew: {}", what, files);
      return true;
    } catch (IllegalArgumentException e) {
      tell(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void tell(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      log.warn("{}: changed on disk and not usable, so the former counts: {}", what, problem);
    }
  }

  /** What is known of a file without reading it. */
  private record FileState(long modified, long size, String key) {
    static List<FileState> of(List<Path> files) {
      return files.stream().map(FileState::of).toList();
    }

    private static FileState of(Path file) {
      try {
        var read = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(
            read.lastModifiedTime().to(TimeUnit.NANOSECONDS),
            read.size(),
            String.valueOf(read.fileKey()));
      } catch (IOException e) {
        return new FileState(0, -1, "");
      }
    }
  }
}
