package dev.cets.testkit;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A back end that says what the test wants, takes its time, and notes when it was asked. */
final class ScriptedDiscovery implements Discovery {
  private final String description;
  private final SimulatedNetwork network;
  private final List<Long> askedAt = new ArrayList<>();
  private Duration longestInterval = Duration.ofHours(1);
  private Duration takes = Duration.ZERO;
  private Set<NodeAddress> nodes = new TreeSet<>();
  private @Nullable String error;
  private int running;
  private int mostAtOnce;

  ScriptedDiscovery(String description, SimulatedNetwork network) {
    this.description = description;
    this.network = network;
  }

  ScriptedDiscovery knows(String... addresses) {
    error = null;
    nodes = new TreeSet<>();
    for (String address : addresses) {
      nodes.add(NodeAddress.parse(address));
    }
    return this;
  }

  ScriptedDiscovery fails(String why) {
    error = why;
    return this;
  }

  /** From now on the answer comes so much later. */
  ScriptedDiscovery takes(Duration time) {
    takes = time;
    return this;
  }

  ScriptedDiscovery longestInterval(Duration interval) {
    longestInterval = interval;
    return this;
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    askedAt.add(network.now());
    mostAtOnce = Math.max(mostAtOnce, ++running);
    try {
      if (!takes.isZero()) {
        network.run(takes);
      }
      String why = error;
      if (why != null) {
        throw new IOException(why);
      }
      return nodes;
    } finally {
      running--;
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Duration longestInterval() {
    return longestInterval;
  }

  int questions() {
    return askedAt.size();
  }

  int mostQuestionsAtOnce() {
    return mostAtOnce;
  }

  /** When it was asked, in seconds, rounded. */
  List<Long> askedAtSeconds() {
    return askedAt.stream().map(ScriptedDiscovery::seconds).toList();
  }

  /** Forgets the questions so far. */
  void forgetQuestions() {
    askedAt.clear();
  }

  static long seconds(long nanos) {
    return Math.round((double) nanos / TimeUnit.SECONDS.toNanos(1));
  }
}
