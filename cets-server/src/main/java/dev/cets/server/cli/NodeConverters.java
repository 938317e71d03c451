package dev.cets.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cets.CetsNode;
import dev.cets.security.Secret;
import dev.cets.server.daemon.AdvertiseOption;
import dev.cets.server.daemon.DiscoveryOption;
import dev.cets.server.daemon.Engine;
import dev.cets.server.daemon.JdbcSettings;
import dev.cets.server.daemon.TableOption;
import dev.cets.server.daemon.TimeText;
import dev.cets.server.http.Token;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of the node's options, wherever they are given: each is checked by itself, so that an
 * error can name the place.
 */
final class NodeConverters {
  private NodeConverters() {}

  private static <T> T converted(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  static final class NodeName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      var unused = converted(text, CetsNode::builder); // checks
      return text;
    }
  }

  static final class ClusterName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      var unused = converted(text, CetsNode.builder("any")::cluster); // checks
      return text;
    }
  }

  static final class Host implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return converted(text, host -> new NodeAddress(host, 1).host());
    }
  }

  static final class Engines implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String text) {
      return converted(text, Engine::parse);
    }
  }

  static final class Advertise implements ITypeConverter<AdvertiseOption> {
    @Override
    public AdvertiseOption convert(String text) {
      return converted(text, AdvertiseOption::parse);
    }
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException(
          "'" + text + "' is no port; 0 to 65535 is allowed, 0 for any free one");
    }
  }

  static final class Discoveries implements ITypeConverter<DiscoveryOption> {
    @Override
    public DiscoveryOption convert(String text) {
      return converted(text, DiscoveryOption::parse);
    }
  }

  static final class JdbcTable implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return converted(text, JdbcSettings.defaults()::withTable).table();
    }
  }

  static final class JdbcExpiry implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration time = converted(text, TimeText::parse);
      try {
        return JdbcSettings.defaults().withExpireAfter(time).expireAfter();
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' cannot be; 1s to 365d is allowed");
      }
    }
  }

  /** The content of a file. Line ends after it are none of it: editors put them there. */
  static final class Password implements ITypeConverter<String> {
    static final int MAX_BYTES = 4096;

    @Override
    public String convert(String file) {
      String password;
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new TypeConversionException(
              "'%s' is no file of a password; up to %d bytes are allowed"
                  .formatted(file, MAX_BYTES));
        }
        password = new String(bytes, UTF_8).replaceFirst("[\\r\\n]+\\z", "");
      } catch (IOException | InvalidPathException e) {
        throw new TypeConversionException("'" + file + "' cannot be read");
      }
      if (password.isEmpty()) {
        throw new TypeConversionException("'" + file + "' is empty; a password is needed");
      }
      return password;
    }
  }

  /** What a file of a secret holds. */
  static final class SecretFile implements ITypeConverter<Secret> {
    @Override
    public Secret convert(String file) {
      return converted(file, path -> Secret.file(Path.of(path)));
    }
  }

  /** What a file of a token holds. */
  static final class TokenText implements ITypeConverter<String> {
    @Override
    public String convert(String file) {
      return converted(file, path -> Token.read(Path.of(path)));
    }
  }

  static final class TokenFile implements ITypeConverter<Token> {
    @Override
    public Token convert(String file) {
      return converted(file, path -> Token.file(Path.of(path)));
    }
  }

  static final class YesOrNo implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      if (text.equals("true") || text.equals("false")) {
        return Boolean.valueOf(text);
      }
      throw new TypeConversionException("'" + text + "' is neither true nor false");
    }
  }

  static final class Tables implements ITypeConverter<TableOption> {
    @Override
    public TableOption convert(String text) {
      return converted(text, TableOption::parse);
    }
  }

  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration time = converted(text, TimeText::parse);
      if (time.isZero()) {
        throw new TypeConversionException("'" + text + "' is no time; more than zero is needed");
      }
      return time;
    }
  }

  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException("'" + text + "' is no number; 1 to 999999999 is allowed");
    }
  }

  static final class Bytes implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(KiB|MiB|GiB)?");
    private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    @Override
    public Integer convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (matcher.matches()) {
        int shift = matcher.group(2) == null ? 0 : SHIFTS.getOrDefault(matcher.group(2), 0);
        long bytes = Long.parseLong(matcher.group(1)) << shift;
        if (bytes > 0 && bytes <= Integer.MAX_VALUE) {
          return (int) bytes;
        }
      }
      throw new TypeConversionException(
          "'%s' is no number of bytes; 1 to 2147483647 is allowed, also as 64KiB or 1MiB"
              .formatted(text));
    }
  }
}
