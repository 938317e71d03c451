package dev.cets.server.cli;

import dev.cets.CetsNode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The times of a node. */
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class TimeOptions {
  private static final String TIME = "TIME";

  @Option(
      names = "--beat",
      paramLabel = TIME,
      defaultValue = "1s",
      converter = NodeConverters.Time.class,
      description = "How often nodes tell each other that they live (default: ${DEFAULT-VALUE}).")
  private Duration beat;

  @Option(
      names = "--silence",
      paramLabel = TIME,
      defaultValue = "8s",
      converter = NodeConverters.Time.class,
      description =
          "How long a node may be silent before it is held to be down (default: ${DEFAULT-VALUE}).")
  private Duration silence;

  @Option(
      names = "--clock-skew",
      paramLabel = TIME,
      defaultValue = "60s",
      converter = NodeConverters.Time.class,
      description =
          "How far clocks may be apart before nodes refuse each other (default: ${DEFAULT-VALUE}).")
  private Duration clockSkew;

  @Option(
      names = "--write-deadline",
      paramLabel = TIME,
      defaultValue = "10s",
      converter = NodeConverters.Time.class,
      description =
          "How long a write without a time of its own waits for others (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration writeDeadline;

  @Option(
      names = "--compare-interval",
      paramLabel = TIME,
      defaultValue = "60s",
      converter = NodeConverters.Time.class,
      description = "How often joined nodes compare their tables (default: ${DEFAULT-VALUE}).")
  private Duration compareInterval;

  @Option(
      names = "--discovery-search-interval",
      paramLabel = TIME,
      defaultValue = "5s",
      converter = NodeConverters.Time.class,
      description =
          "How often discovery is asked until the first node is met (default: ${DEFAULT-VALUE}).")
  private Duration searchInterval;

  @Option(
      names = "--discovery-search-time",
      paramLabel = TIME,
      defaultValue = "5m",
      converter = NodeConverters.Time.class,
      description = "The longest time of that (default: ${DEFAULT-VALUE}).")
  private Duration searchTime;

  @Option(
      names = "--discovery-interval",
      paramLabel = TIME,
      defaultValue = "5m",
      converter = NodeConverters.Time.class,
      description =
          "How often it is asked afterwards; files and DNS more often (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = "--discovery-after-error",
      paramLabel = TIME,
      defaultValue = "1s",
      converter = NodeConverters.Time.class,
      description = "How soon it is asked again after an error (default: ${DEFAULT-VALUE}).")
  private Duration afterError;

  @Option(
      names = "--discovery-after-node-down",
      paramLabel = TIME,
      defaultValue = "30s",
      converter = NodeConverters.Time.class,
      description = "How soon it is asked after a node went down (default: ${DEFAULT-VALUE}).")
  private Duration afterNodeDown;

  @Option(
      names = "--discovery-answer-limit",
      paramLabel = TIME,
      defaultValue = "30s",
      converter = NodeConverters.Time.class,
      description =
          "How long an answer may take before discovery counts as failed (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration answerLimit;

  CetsNode.Builder applyTo(CetsNode.Builder node) {
    return node.beat(beat)
        .silenceLimit(silence)
        .maxClockSkew(clockSkew)
        .writeDeadline(writeDeadline)
        .compareInterval(compareInterval)
        .discoverySearch(searchInterval, searchTime)
        .discoveryInterval(interval)
        .discoveryAfterError(afterError)
        .discoveryAfterNodeDown(afterNodeDown)
        .discoveryAnswerLimit(answerLimit);
  }
}
