package dev.cets.bench.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;

/** The command {@code ./cets bench --jmh}: JMH with what the project wants to see. */
public final class JmhMain {
  private static final List<String> DEFAULTS =
      List.of(
          "-f",
          "1",
          "-wi",
          "3",
          "-w",
          "1",
          "-i",
          "5",
          "-r",
          "1",
          "-prof",
          "gc",
          "-foe",
          "true",
          "-jvmArgsAppend",
          "-XX:+UseParallelGC -Xmx1g");

  private JmhMain() {}

  /** Everything but the defaults is JMH's own; {@code -h} tells. What is given last counts. */
  public static void main(String[] args) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < DEFAULTS.size(); i += 2) {
      if (!Arrays.asList(args).contains(DEFAULTS.get(i))) {
        all.addAll(DEFAULTS.subList(i, i + 2));
      }
    }
    all.addAll(Arrays.asList(args));
    Main.main(all.toArray(String[]::new));
  }
}
