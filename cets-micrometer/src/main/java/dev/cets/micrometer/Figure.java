package dev.cets.micrometer;

import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A meter, and where its value is found.
 *
 * @param unit of its values; null if they are numbers of things
 */
record Figure<S>(
    String name, @Nullable String unit, String description, ToDoubleFunction<S> value) {
  static <S> Figure<S> of(String name, String description, ToDoubleFunction<S> value) {
    return new Figure<>(name, null, description, value);
  }

  static <S> Figure<S> bytes(String name, String description, ToDoubleFunction<S> value) {
    return new Figure<>(name, "bytes", description, value);
  }
}
