package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

/** Signals that Java cannot send by itself. */
final class Signal {
  private Signal() {}

  /** Sends a signal, such as {@code STOP}. */
  static void send(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
