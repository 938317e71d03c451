package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Keyboard;
import dev.cets.server.console.Terminal;
import dev.cets.server.top.Frame;
import dev.cets.server.top.Line;
import dev.cets.server.top.Look;
import dev.cets.server.top.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What goes on. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the tables of a node and the other nodes, again and again: sizes, what happens in a",
      "second, since when replicas are equal, links and joins. q or Ctrl-C ends it. What is not",
      "well comes first. Columns that do not fit are left out. Without a terminal it prints one",
      "frame below the other."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {"0:ended by a key", Help.FAILED, Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets top --http 7881", "  ./cets top --once"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class TopCommand implements Callable<Integer> {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;

  private final Terminal terminal;
  private final boolean coloured;

  @Option(
      names = "--once",
      description = "Prints one frame and ends; after an interval, if the daemon counts writes.")
  private boolean once;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      converter = Seconds.class,
      description = "How long to wait between two looks (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @Mixin private DaemonOptions daemon;

  TopCommand(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
  }

  @Override
  public Integer call() throws DaemonFailure, CommandFailure, InterruptedException {
    try (DaemonClient client = daemon.connect()) {
      Look first = Look.at(client);
      if (once) {
        printOnce(client, first);
      } else if (terminal.isOutTerminal()) {
        live(client, first);
      } else {
        follow(client, first);
      }
      return 0;
    }
  }

  private void printOnce(DaemonClient client, Look first)
      throws DaemonFailure, InterruptedException {
    if (first.counters().isEmpty()) {
      print(Frame.of(null, first, Frame.UNLIMITED));
      return;
    }
    Thread.sleep(interval);
    print(Frame.of(first, Look.at(client), Frame.UNLIMITED));
  }

  /** Who closes its end of the pipe has seen what it wanted to see. */
  private void follow(DaemonClient client, Look first) throws DaemonFailure, InterruptedException {
    Look before = null;
    Look now = first;
    while (true) {
      print(Frame.of(before, now, Frame.UNLIMITED));
      terminal.out().println();
      if (terminal.out().checkError()) {
        return;
      }
      Thread.sleep(interval);
      before = now;
      now = Look.at(client);
    }
  }

  private void print(List<Line> frame) {
    frame.forEach(line -> terminal.out().println(line.text()));
  }

  private void live(DaemonClient client, Look first) throws CommandFailure, InterruptedException {
    var ended = new CountDownLatch(1);
    try (Keyboard keyboard = Keyboard.open(key -> onKey(key, client, ended));
        Screen screen = new Screen(terminal.out(), coloured)) {
      giveBackAtExit(screen, keyboard);
      redraw(client, first, keyboard, screen, ended);
    } catch (IOException e) {
      throw new CommandFailure(
          "the terminal's keys cannot be read: " + e.getMessage() + "; --once needs none");
    }
  }

  /** A process that is told to end gives the terminal back too. */
  private static void giveBackAtExit(Screen screen, Keyboard keyboard) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  screen.close();
                  keyboard.close();
                },
                "terminal"));
  }

  private static void onKey(int key, DaemonClient client, CountDownLatch ended) {
    if (key == 'q' || key == 'Q' || key == CTRL_C || key == CTRL_D || key == Keyboard.END) {
      ended.countDown();
      client.close(); // A request that is under way ends.
    }
  }

  /** A daemon that does not answer for a while is asked again; its last frame stays. */
  private void redraw(
      DaemonClient client, Look first, Keyboard keyboard, Screen screen, CountDownLatch ended)
      throws InterruptedException {
    Look before = null;
    Look now = first;
    String trouble = null;
    do {
      draw(before, now, trouble, keyboard, screen);
      if (ended.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      try {
        Look next = Look.at(client);
        before = now;
        now = next;
        trouble = null;
      } catch (DaemonFailure e) {
        trouble = e.getMessage();
      }
    } while (ended.getCount() > 0);
  }

  private static void draw(
      @Nullable Look before, Look now, @Nullable String trouble, Keyboard keyboard, Screen screen) {
    Keyboard.Size size = keyboard.size();
    List<Line> lines = new ArrayList<>();
    if (trouble != null) {
      lines.add(new Line(trouble, Line.Mood.BAD).cut(size.columns()));
    }
    lines.addAll(Frame.of(before, now, size.columns()));
    screen.draw(lines, size.rows());
  }
}
