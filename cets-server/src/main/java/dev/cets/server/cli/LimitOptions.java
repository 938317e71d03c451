package dev.cets.server.cli;

import dev.cets.CetsNode;
import picocli.CommandLine.Option;

/** The limits of a node. */
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class LimitOptions {
  private static final String BYTES = "BYTES";

  @Option(
      names = "--max-record-bytes",
      paramLabel = BYTES,
      defaultValue = "1MiB",
      converter = NodeConverters.Bytes.class,
      description = "The largest record (default: ${DEFAULT-VALUE}).")
  private int recordBytes;

  @Option(
      names = "--max-unacknowledged-bytes",
      paramLabel = BYTES,
      defaultValue = "4MiB",
      converter = NodeConverters.Bytes.class,
      description =
          "How much of a table's writes may wait for acknowledgement before writers wait (default:"
              + " ${DEFAULT-VALUE}).")
  private int unacknowledgedBytes;

  @Option(
      names = "--max-paused-writes",
      paramLabel = "N",
      defaultValue = "10000",
      converter = NodeConverters.Count.class,
      description =
          "How many writes of a paused table may wait for its end (default: ${DEFAULT-VALUE}).")
  private int pausedWrites;

  @Option(
      names = "--max-paused-bytes",
      paramLabel = BYTES,
      defaultValue = "16MiB",
      converter = NodeConverters.Bytes.class,
      description = "And their bytes (default: ${DEFAULT-VALUE}).")
  private int pausedBytes;

  CetsNode.Builder applyTo(CetsNode.Builder node) {
    return node.maxRecordBytes(recordBytes)
        .maxUnacknowledgedBytes(unacknowledgedBytes)
        .maxPaused(pausedWrites, pausedBytes);
  }
}
