package dev.cets.server.cli;

import dev.cets.security.Tls;
import dev.cets.server.client.DaemonAddress;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonTrust;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
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

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      converter = NodeConverters.TokenText.class,
      description = "A file with the token that the daemon asks for.")
  private @Nullable String token;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = Authority.class,
      description = {
        "The authority of the daemon's certificate: PEM. With it the daemon is talked to over TLS,",
        "and its certificate must be for the host of --http."
      })
  private @Nullable SSLContext tls;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  DaemonClient connect() {
    if (token != null && tls == null && !address.isLoopback()) {
      throw new ParameterException(
          command.commandLine(),
          "a token to %s over plain HTTP could be read on its way; --ca FILE takes TLS"
              .formatted(address));
    }
    return new DaemonClient(address, timeout, new DaemonTrust(tls, token));
  }

  static final class Authority implements ITypeConverter<SSLContext> {
    @Override
    public SSLContext convert(String file) {
      try {
        return Tls.trusting(Path.of(file));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
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
