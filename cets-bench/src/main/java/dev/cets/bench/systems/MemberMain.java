package dev.cets.bench.systems;

import dev.cets.bench.member.MemberProcess;
import java.io.IOException;

/** The main class of a child process; its one argument is a system's name. */
public final class MemberMain {
  private MemberMain() {}

  /** Answers lines of its standard input until it ends. */
  public static void main(String[] args) throws IOException {
    MemberProcess.run(() -> Systems.of(args[0]));
  }
}
