package dev.cets.bench.suite;

import dev.cets.bench.member.MemberProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child process: one line to it, one line back. For one thread. */
final class Child implements AutoCloseable {
  private static final long ANSWER_SECONDS = 180;
  private static final int SHOWN_LINES = 5;
  private static final long END_SECONDS = 10;

  private final Kind kind;
  private final Process process;
  private final BufferedWriter lines;
  private final BufferedReader answers;
  private final File errors;
  private CompletableFuture<String> answer;

  private Child(Kind kind, Process process, File errors) {
    this.kind = kind;
    this.process = process;
    this.errors = errors;
    this.lines = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.answer = nextAnswer();
  }

  /** Starts one. What it prints to standard error is shown only if it fails. */
  static Child start(Kind kind, Jvm jvm) {
    try {
      File errors = File.createTempFile("cets-bench-" + kind.id(), ".log");
      errors.deleteOnExit();
      Process process =
          new ProcessBuilder(jvm.command(kind))
              .redirectError(ProcessBuilder.Redirect.to(errors))
              .start();
      return new Child(kind, process, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletableFuture<String> nextAnswer() {
    return CompletableFuture.supplyAsync(this::readAnswer, Thread::startVirtualThread);
  }

  private String readAnswer() {
    String lastWords = "";
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(MemberProcess.ANSWER)) {
          return line.substring(MemberProcess.ANSWER.length());
        }
        lastWords = "; it said: " + line; // the JVM itself, such as when the heap is full
      }
      return "failed the process has ended" + exitCode() + lastWords;
    } catch (IOException e) {
      return "failed " + e.getMessage();
    }
  }

  private String exitCode() {
    try {
      return process.waitFor(END_SECONDS, TimeUnit.SECONDS)
          ? " with exit code " + process.exitValue()
          : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Waits until it has started. */
  void awaitStarted() {
    words();
  }

  /** Tells it a line, and gives the words of its answer. */
  String[] ask(String line) {
    tell(line);
    return words();
  }

  /** The one number of its answer. */
  long number(String line) {
    return Long.parseLong(ask(line)[0]);
  }

  /** Tells it a line; {@link #words} must be called before the next one. */
  void tell(String line) {
    try {
      lines.write(line);
      lines.newLine();
      lines.flush();
    } catch (IOException e) {
      throw ChildException.failed(kind.id() + " has ended before '" + line + "'" + lastErrors());
    }
    answer = nextAnswer();
  }

  /** The answer to the last line. */
  String[] words() {
    String text;
    try {
      text = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      kill(); // so that nobody waits for it again
      throw ChildException.failed(
          kind.id() + " has not answered for " + ANSWER_SECONDS + " s" + lastErrors());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ChildException.failed("interrupted");
    }
    String[] words = text.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "ok" -> rest.split(" ");
      case "none" -> throw ChildException.notOffered(rest);
      default -> throw ChildException.failed(kind.id() + ": " + rest + lastErrors());
    };
  }

  private String lastErrors() {
    try {
      List<String> all = Files.readAllLines(errors.toPath());
      List<String> last = all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size());
      return last.isEmpty() ? "" : "; its last words: " + String.join(" | ", last);
    } catch (IOException e) {
      return "";
    }
  }

  /** Processor time so far. */
  long cpuNanos() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> ChildException.notOffered("this system tells no processor times"))
        .toNanos();
  }

  /** Stops all its threads at once, as a machine does that hangs. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  void thaw() {
    signal("CONT");
  }

  /** What all its threads do, and which of them wait for each other, as the JDK tells it. */
  String threads() {
    try {
      File dump = File.createTempFile("cets-bench-threads", ".txt");
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  "Thread.print",
                  "-l")
              .redirectErrorStream(true)
              .redirectOutput(dump)
              .start();
      if (!jcmd.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        jcmd.destroyForcibly();
      }
      String text = Files.readString(dump.toPath());
      Files.delete(dump.toPath());
      return text;
    } catch (IOException e) {
      return "no thread dump: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no thread dump: interrupted";
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
      if (!kill.waitFor(END_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw ChildException.failed("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw ChildException.notOffered("no command 'kill' here");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ChildException.failed("interrupted");
    }
  }

  /** Ends it without a word to anybody; gives the moment. */
  long kill() {
    long moment = System.nanoTime();
    process.destroyForcibly();
    return moment;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!errors.delete()) {
      errors.deleteOnExit();
    }
  }
}
