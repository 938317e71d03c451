package dev.cets.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of addresses, read anew at each question: words with spaces or line ends between, and
 * comments from a {@code #} to the end of the line. A word that is no address does not spoil the
 * others, and is logged once for as long as it stays in the file.
 */
public final class FileDiscovery implements Discovery {
  private static final int MAX_BYTES = 1024 * 1024;

  /** For a file of something else altogether, which would flood the log. */
  private static final int MAX_LOGGED_WORDS = 20;

  private static final int MAX_LOGGED_CHARS = 100;
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(FileDiscovery.class);

  private final Path path;

  /** Replaced as a whole: questions come one at a time, but from changing threads. */
  private volatile Set<String> reported = Set.of();

  /** The file need not exist yet. */
  public FileDiscovery(Path path) {
    this.path = path;
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    Set<NodeAddress> addresses = new TreeSet<>();
    Set<String> refused = new HashSet<>();
    Iterator<String> lines = read().lines().iterator();
    for (int number = 1; lines.hasNext(); number++) {
      String line = lines.next();
      int comment = line.indexOf('#');
      Matcher words = WORD.matcher(comment < 0 ? line : line.substring(0, comment));
      while (words.find()) {
        add(words.group(), number, addresses, refused);
      }
    }
    if (refused.size() > MAX_LOGGED_WORDS && !reported.containsAll(refused)) {
      log.warn("nodes file {}: {} words are no addresses", path, refused.size());
    }
    reported = refused;
    return Collections.unmodifiableSet(addresses);
  }

  private void add(String word, int line, Set<NodeAddress> addresses, Set<String> refused) {
    try {
      addresses.add(NodeAddress.parse(word));
    } catch (IllegalArgumentException e) {
      if (refused.add(word) && refused.size() <= MAX_LOGGED_WORDS && !reported.contains(word)) {
        log.warn("nodes file {}, line {}: {}; the others are used", path, line, shown(e));
      }
    }
  }

  private static String shown(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?");
    return message.length() <= MAX_LOGGED_CHARS
        ? message
        : message.substring(0, MAX_LOGGED_CHARS) + "...";
  }

  private String read() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new IOException("nodes file " + path + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException("nodes file " + path + " may not be read", e);
    } catch (IOException e) {
      throw new IOException("nodes file " + path + " cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("nodes file " + path + " is larger than " + MAX_BYTES + " bytes");
    }
    String text = new String(bytes, UTF_8);
    // Some editors put a mark at the beginning that nobody sees.
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  @Override
  public String description() {
    return "file " + path;
  }

  @Override
  public Duration longestInterval() {
    return INTERVAL;
  }
}
