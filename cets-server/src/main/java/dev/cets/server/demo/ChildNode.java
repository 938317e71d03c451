package dev.cets.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node in a process of its own, on the class path and Java of this one. It ends with this process
 * at the latest, because its input does.
 */
public final class ChildNode {
  private static final Pattern READY = Pattern.compile("ready name=(\\S+) http=(\\d+) port=(\\d+)");

  /** Short-lived: how soon it begins matters more than how fast it gets. */
  private static final List<String> JVM =
      List.of(
          "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();

  private ChildNode(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a node; does not wait for it.
   *
   * @param arguments further arguments of the command {@code node}
   * @param log where its standard error is added
   */
  public static ChildNode start(String name, List<String> arguments, Path log) throws IOException {
    return start(List.of(), name, arguments, log);
  }

  /**
   * Starts a node by way of another program, such as one that changes what it sees of the network
   * and then becomes it; does not wait for it.
   *
   * @param launcher that program and its arguments; empty: none
   * @param arguments further arguments of the command {@code node}
   * @param log where its standard error is added
   */
  public static ChildNode start(
      List<String> launcher, String name, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.cets.server.Main", "node", "--until-input-ends"));
    command.addAll(List.of("--name", name));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // What is meant for a node of this machine's user is not meant for this one.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("CETS_"));
    Process process = builder.start();
    var child = new ChildNode(name, process, log);
    Thread.ofVirtual().name("output of " + name).start(child::readOutput);
    return child;
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher);
        }
      }
    } catch (IOException e) {
      // Told below, as what it comes to: the process is gone.
    }
    ready.completeExceptionally(new IOException("the process has ended"));
  }

  /** The node's name. */
  public String name() {
    return name;
  }

  /** The process, such as to stop it for a while. */
  public Process process() {
    return process;
  }

  /**
   * Waits until it serves HTTP.
   *
   * @return the port of HTTP
   * @throws DemoFailure if the process ends, or takes too long, with what it logged last
   */
  public int awaitHttpPort(Duration limit) throws DemoFailure, InterruptedException {
    return awaitNumber(2, limit);
  }

  /**
   * As {@link #awaitHttpPort}.
   *
   * @return the port for other nodes
   */
  public int awaitPort(Duration limit) throws DemoFailure, InterruptedException {
    return awaitNumber(3, limit);
  }

  private int awaitNumber(int group, Duration limit) throws DemoFailure, InterruptedException {
    try {
      return Integer.parseInt(ready.get(limit.toNanos(), TimeUnit.NANOSECONDS).group(group));
    } catch (TimeoutException e) {
      throw new DemoFailure(
          "node %s was not ready within %d s: %s".formatted(name, limit.toSeconds(), lastLog()));
    } catch (ExecutionException e) {
      throw new DemoFailure("node %s has ended: %s".formatted(name, lastLog()));
    }
  }

  private String lastLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "it logged nothing" : lines.getLast();
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** Ends it as a crash would: SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to leave: SIGTERM. Does not wait. */
  public void askToLeave() {
    process.destroy();
  }

  /** Waits for its end, and kills it after the limit. */
  public void awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      kill();
    }
  }
}
