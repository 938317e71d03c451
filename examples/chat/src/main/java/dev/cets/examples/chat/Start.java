package dev.cets.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
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

  /** A node in a process of its own; it ends with this one at the latest. */
  record Child(String name, Process process, BufferedReader output) {
    static Child start(String name, int port, int httpPort, Path nodes) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ChatNode.class.getName(),
                  name,
                  String.valueOf(port),
                  String.valueOf(httpPort),
                  nodes.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Child(name, process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** Waits until people can come, or it has ended: it does if it cannot start in time. */
    Ready awaitReady() throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("ready ")) {
          String[] words = line.split(" ", -1);
          return new Ready(Integer.parseInt(words[1]), words[2]);
        }
      }
      throw new IOException(name + " has ended, see above");
    }
  }

  /** Where other nodes find a node, and where browsers do. */
  record Ready(int port, String url) {}

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
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < options.nodes(); i++) {
      ports.add(options.port() == 0 ? 0 : options.port() + i);
    }
    if (options.port() != 0) {
      tell(nodes, ports);
    }
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < options.nodes(); i++) {
      int http = options.http() == 0 ? 0 : options.http() + i;
      children.add(Child.start("chat-" + (i + 1), ports.get(i), http, nodes));
    }
    ports.clear();
    for (Child child : children) {
      Ready ready = child.awaitReady();
      ports.add(ready.port());
      System.out.printf("%s  %s  kill -9 %d%n", child.name(), ready.url(), child.process().pid());
    }
    tell(nodes, ports);
    System.out.print(
        """

        Open two of them in two browsers, enter the same room under two names, and talk.
        Then kill the node of one: its people vanish from the list of the others, its rooms move,
        and who was there goes on at another node. Ctrl-C ends all.
        """);
    for (Child child : children) {
      child.process().waitFor();
    }
  }

  /** Moved into place, so that nobody reads half of it. */
  static void tell(Path nodes, List<Integer> ports) throws IOException {
    Path whole = nodes.resolveSibling(nodes.getFileName() + ".new");
    Files.writeString(
        whole, ports.stream().map(port -> "127.0.0.1:" + port + "\n").collect(Collectors.joining()));
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
