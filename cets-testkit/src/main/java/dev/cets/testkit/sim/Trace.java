package dev.cets.testkit.sim;

import dev.cets.testkit.SimulatedNetwork;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that happens in a walk, as lines of text, if somebody reads them. */
final class Trace {
  private final SimulatedNetwork network;
  private final @Nullable Consumer<String> reader;

  Trace(SimulatedNetwork network, @Nullable Consumer<String> reader) {
    this.network = network;
    this.reader = reader;
  }

  /** The text is made only if it is read. */
  void say(Supplier<String> line) {
    Consumer<String> told = reader;
    if (told != null) {
      // arrays have no text of their own
      String text = line.get().replaceAll("\\[[A-Z]@[0-9a-f]+", "[...]");
      told.accept("%10.6f %s".formatted(network.now() / 1e9, text));
    }
  }
}
