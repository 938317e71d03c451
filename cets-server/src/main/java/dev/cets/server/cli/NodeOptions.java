package dev.cets.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of the node from everywhere: what the command line does not say, the environment
 * says, and what that does not say, the file. They become arguments in front of those of the
 * command line. A list replaces a list: nothing is put together from several places.
 */
final class NodeOptions {
  /** The option {@code --table} where a list of them stands. */
  static final String TABLES = "tables";

  /** A setting that is no option: a command line can be read by everybody on the machine. */
  static final String PASSWORD = "--jdbc-password";

  private static final String CONFIG = "--config";
  private static final String PREFIX = "CETS_";

  /** What Kubernetes adds to the environment of a pod for a service whose name begins as ours. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("CETS_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP).*)");

  /** An option of a URL that is somebody's password, or that of somebody's keys. */
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("jdbc:.*passw(or)?d[0-9]*=.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Map<String, OptionSpec> options = new TreeMap<>();

  private NodeOptions(CommandSpec node) {
    for (OptionSpec option : node.options()) {
      String name = option.longestName();
      if ((!option.hidden() || name.equals(PASSWORD))
          && !option.usageHelp()
          && !option.versionHelp()
          && !name.equals(CONFIG)) {
        options.put(name.equals("--table") ? TABLES : name.substring(2), option);
      }
    }
  }

  /**
   * The arguments of the command {@code node}, with those from elsewhere.
   *
   * @throws IllegalArgumentException if something that is given elsewhere cannot be used; the
   *     message says where and why
   */
  static String[] expand(String[] args, Map<String, String> environment, CommandSpec node) {
    List<String> given = new ArrayList<>(Arrays.asList(args));
    given.forEach(NodeOptions::refusePassword);
    if (!given.contains("--help") && !given.contains("-h")) {
      new NodeOptions(node).expand(given, environment);
    }
    return given.toArray(String[]::new);
  }

  private static void refusePassword(String arg) {
    if (arg.equals(PASSWORD)
        || arg.startsWith(PASSWORD + "=")
        || PASSWORD_IN_URL.matcher(arg).find()) {
      throw new IllegalArgumentException(
          "everybody on the machine can read a password on the command line; CETS_JDBC_PASSWORD,"
              + " jdbc-password in the file of --config, and --jdbc-password-file are allowed");
    }
  }

  private void expand(List<String> args, Map<String, String> environment) {
    Map<String, List<GivenValue>> values = new LinkedHashMap<>();
    String file = file(args, environment);
    if (file != null) {
      values.putAll(ConfigFile.read(Path.of(file)));
    }
    values.keySet().stream()
        .filter(key -> !options.containsKey(key))
        .findFirst()
        .ifPresent(key -> refuseUnknown(first(values, key), key, "option", options.keySet()));
    values.putAll(ofEnvironment(environment));
    List<String> added = new ArrayList<>();
    values.forEach((key, list) -> added.addAll(arguments(args, key, list)));
    args.addAll(1, added);
  }

  private static GivenValue first(Map<String, List<GivenValue>> values, String key) {
    return values.getOrDefault(key, List.of()).getFirst();
  }

  private static void refuseUnknown(
      GivenValue place, String name, String what, Iterable<String> allowed) {
    throw place.refused(
        "'%s' is no %s; these are: %s".formatted(name, what, String.join(", ", allowed)));
  }

  /** Takes the option and its value out, if they are there. */
  private static @Nullable String file(List<String> args, Map<String, String> environment) {
    int at = args.indexOf(CONFIG);
    if (at > 0 && at + 1 < args.size()) {
      args.remove(at);
      return args.remove(at);
    }
    for (String arg : args) {
      if (arg.startsWith(CONFIG + "=")) {
        args.remove(arg);
        return arg.substring(CONFIG.length() + 1);
      }
    }
    // If the file's name is missing, the parser has the right words for that.
    String file = at < 0 ? environment.get(variable("config")) : null;
    return file == null || file.isEmpty() ? null : file;
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private Map<String, List<GivenValue>> ofEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new TreeMap<>();
    options.keySet().forEach(key -> keys.put(variable(key), key));
    Map<String, List<GivenValue>> values = new TreeMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              String key = keys.get(variable);
              if (key != null && !text.isBlank()) {
                values.put(key, values(variable, text, isList(key)));
              } else if (key == null && variable.startsWith(PREFIX) && !isForeign(variable, text)) {
                keys.put(variable("config"), "config");
                refuseUnknown(new GivenValue(text, variable), variable, "variable", keys.keySet());
              }
            });
    return values;
  }

  private static boolean isForeign(String variable, String text) {
    return variable.equals(variable("config"))
        || SERVICE_LINK.matcher(variable).matches()
        || (variable.endsWith("_PORT") && SERVICE_LINK_VALUE.matcher(text).matches());
  }

  private static List<GivenValue> values(String variable, String text, boolean list) {
    if (SERVICE_LINK_VALUE.matcher(text).matches()) {
      throw new GivenValue(text, variable)
          .refused(
              "'%s' is of Kubernetes, for a service whose name takes this variable; set"
                      .formatted(text)
                  + " enableServiceLinks: false for the pod, or rename the service");
    }
    return list
        ? Arrays.stream(text.strip().split("\\s+"))
            .map(each -> new GivenValue(each, variable))
            .toList()
        : List.of(new GivenValue(text, variable));
  }

  private OptionSpec option(String key) {
    OptionSpec option = options.get(key);
    if (option == null) {
      throw new IllegalStateException("no option has the key " + key);
    }
    return option;
  }

  private boolean isList(String key) {
    return option(key).isMultiValue();
  }

  private List<String> arguments(List<String> given, String key, List<GivenValue> values) {
    OptionSpec option = option(key);
    String name = option.longestName();
    if (values.size() > 1 && !isList(key)) {
      throw values.getFirst().refused("'" + key + "' takes one value, not a list");
    }
    List<String> arguments = new ArrayList<>();
    for (GivenValue value : values) {
      check(option, key, value);
      arguments.add(name + "=" + value.text());
    }
    boolean said = given.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "="));
    return said ? List.of() : arguments;
  }

  /** By the very converter that the parser uses, which cannot know the place. */
  private static void check(OptionSpec option, String key, GivenValue value) {
    for (ITypeConverter<?> converter : option.converters()) {
      try {
        converter.convert(value.text());
      } catch (Exception e) {
        throw value.refused(key + ": " + e.getMessage());
      }
    }
  }
}
