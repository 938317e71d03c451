package dev.cets.server.cli;

import dev.cets.server.client.DaemonAddress;
import dev.cets.server.client.DaemonClient;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which daemon, and how long to wait for it. */
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class DaemonOptions {
  @Option(
      names = "--http",
      paramLabel = "[HOST:]PORT",
      defaultValue = "127.0.0.1:7880",
      converter = AddressConverter.class,
      description = "Where the daemon serves HTTP (default: ${DEFAULT-VALUE}).")
  private DaemonAddress address;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = Seconds.class,
      description = "How long each request may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  DaemonClient connect() {
    return new DaemonClient(address, timeout);
  }

  static final class AddressConverter implements ITypeConverter<DaemonAddress> {
    @Override
    public DaemonAddress convert(String text) {
      try {
        return DaemonAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
