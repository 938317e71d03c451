package dev.cets.examples.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts several nodes, a process each, and says how to try them: see README.md. */
public final class Start {
  private static final String USAGE =
      """
      examples/chat/start [--nodes N] [--port P] [--http H]
        --nodes   how many, 1 to 16; 3
        --port    of the first node, the others count up from it; 0 is any free ones; 7811
        --http    where browsers find the first node, likewise; 8081
      """;

  private Start() {}

  /** A node in a process of its own, which ends with this one at the latest. */
  static final class Child {
    private static final Pattern READY = Pattern.compile("ready (\\d+) (\\S+)");

    final String name;
    final Process process;
    private String url = "";

    /** Does not wait. */
    Child(String name, int port, int httpPort, Path nodes) throws IOException {
      this.name = name;
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ChatNode.class.getName(),
                  name,
                  String.valueOf(port),
                  String.valueOf(httpPort),
                  nodes.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }

    /**
     * Waits until people can come, or it has ended: it does if it cannot start in time.
     *
     * @return the port where other nodes find it
     */
    int awaitReady() throws IOException {
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      Matcher ready = READY.matcher(line == null ? "" : line);
      if (!ready.matches()) {
        throw new IOException(name + " has ended, see above");
      }
      url = ready.group(2);
      return Integer.parseInt(ready.group(1));
    }

    /** Where browsers find it. */
    String url() {
      return url;
    }
  }

  private record Options(int nodes, int port, int http) {}

  /** Runs until it is interrupted, or all nodes have ended. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    Options options;
    try {
      options = parse(args);
    } catch (IllegalArgumentException e) {
      System.err.print(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    Path nodes = Files.createTempFile("chat-nodes", ".txt");
    nodes.toFile().deleteOnExit();
    try {
      run(options, nodes);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options, Path nodes) throws IOException, InterruptedException {
    List<Child> children = start(options.nodes(), options.port(), options.http(), nodes);
    for (Child child : children) {
      System.out.printf("%s  %s  kill -9 %d%n", child.name, child.url(), child.process.pid());
    }
    System.out.print(
        """

        Open two of them in two browsers, enter the same room under two names, and talk.
        Then kill the node of one: its people vanish from the list of the others, its rooms move,
        and who was there goes on at another node. Ctrl-C ends all.
        """);
    for (Child child : children) {
      child.process.waitFor();
    }
  }

  /**
   * Starts so many nodes, and waits until people can come to each. The first one is there before
   * the others, so that it is the one which makes the secret.
   *
   * @param port of the first; 0: any free ones
   * @param http likewise, where browsers find it
   * @param nodes the file by which they find each other; it is written
   */
  static List<Child> start(int count, int port, int http, Path nodes) throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ports.add(port == 0 ? 0 : port + i);
    }
    tell(nodes, ports);
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        var child = new Child("chat-" + (i + 1), ports.get(i), http == 0 ? 0 : http + i, nodes);
        children.add(child);
        if (i == 0) {
          ports.set(0, child.awaitReady());
          tell(nodes, ports);
        }
      }
      for (int i = 1; i < count; i++) {
        ports.set(i, children.get(i).awaitReady());
      }
    } catch (IOException e) {
      children.forEach(child -> child.process.destroyForcibly());
      throw e;
    }
    tell(nodes, ports);
    return children;
  }

  /** What is known of them; moved into place, so that nobody reads half of it. */
  private static void tell(Path nodes, List<Integer> ports) throws IOException {
    Path whole = nodes.resolveSibling(nodes.getFileName() + ".new");
    Files.writeString(
        whole,
        ports.stream()
            .filter(port -> port != 0)
            .map(port -> "127.0.0.1:" + port + "\n")
            .collect(Collectors.joining()));
    Files.move(whole, nodes, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Options parse(String[] args) {
    var options = new Options(3, 7811, 8081);
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      int value = number(args[i], args[i + 1]);
      options =
          switch (args[i]) {
            case "--nodes" -> new Options(value, options.port(), options.http());
            case "--port" -> new Options(options.nodes(), value, options.http());
            case "--http" -> new Options(options.nodes(), options.port(), value);
            default -> throw new IllegalArgumentException("there is no option " + args[i]);
          };
    }
    return options;
  }

  private static int number(String option, String text) {
    int least = option.equals("--nodes") ? 1 : 0;
    int most = option.equals("--nodes") ? 16 : 65_000;
    if (!text.matches("\\d{1,5}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s is '%s'; %d to %,d is allowed".formatted(option, text, least, most));
    }
    return Integer.parseInt(text);
  }
}
