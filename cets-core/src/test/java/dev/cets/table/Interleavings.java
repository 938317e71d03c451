package dev.cets.table;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Plays scenarios in many interleavings, those with the fewest switches between threads first, by
 * Lincheck's model checker: threads are switched where they read or write what they share. A
 * scenario is written as {@code "putA 1 | putB 1, hideA | lookup 1"}: what has happened before, and
 * what each thread does, one of which is the writer.
 *
 * <p>The maps of the JDK are taken at their word: a call of theirs is one step.
 */
final class Interleavings {
  /** Planted defects are found within these; a longer look: -Dcets.interleavings=10000. */
  private static final int INTERLEAVINGS_EACH = Integer.getInteger("cets.interleavings", 50);

  private final Class<? extends StoreCalls<?, ?>> calls;
  private final List<ExecutionScenario> scenarios = new ArrayList<>();

  private Interleavings(Class<? extends StoreCalls<?, ?>> calls) {
    this.calls = calls;
  }

  /** Of calls of this class. */
  static Interleavings of(Class<? extends StoreCalls<?, ?>> calls) {
    return new Interleavings(calls);
  }

  Interleavings play(String... texts) {
    for (String text : texts) {
      List<List<Actor>> parts = Stream.of(text.split("\\|")).map(this::actors).toList();
      scenarios.add(
          new ExecutionScenario(
              parts.getFirst(), parts.subList(1, parts.size()), List.of(), /* validation */ null));
    }
    return this;
  }

  /**
   * Throws an error with the steps of all threads if there is no order of the calls, each taken
   * between its begin and its end, that explains all answers.
   */
  void areLinearizable() {
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .iterations(0) // no scenarios but ours
            .invocationsPerIteration(INTERLEAVINGS_EACH)
            .minimizeFailedScenario(false)
            .addGuarantee(
                forClasses(
                        "java.util.concurrent.ConcurrentHashMap",
                        "java.util.concurrent.ConcurrentSkipListMap")
                    .allMethods()
                    .treatAsAtomic())
            // What the writer alone looks at.
            .addGuarantee(
                forClasses("dev.cets.table.Buckets", "java.util.HashSet").allMethods().ignore())
            .addGuarantee(
                forClasses("dev.cets.table.SetStore").methods("count", "visibleConflicts").ignore())
            .addGuarantee(
                forClasses("dev.cets.replication.Origin").methods("records", "hash").ignore())
            .addGuarantee(forClasses("dev.cets.table.StoreCalls").methods("version").ignore())
            // What one thread alone looks at.
            .addGuarantee(forClasses("java.util.ArrayList").allMethods().ignore());
    scenarios.forEach(options::addCustomScenario);
    options.check(calls);
  }

  private List<Actor> actors(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(call -> !call.isEmpty())
        .map(this::actor)
        .toList();
  }

  private Actor actor(String call) {
    String[] words = call.split(" ");
    List<Object> arguments = new ArrayList<>();
    Stream.of(words).skip(1).forEach(word -> arguments.add(Integer.valueOf(word)));
    Method method =
        Stream.of(calls.getMethods())
            .filter(each -> each.getName().equals(words[0]) && !each.isBridge())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no call " + call));
    return new Actor(method, arguments);
  }
}
