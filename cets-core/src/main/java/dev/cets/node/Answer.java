package dev.cets.node;

import org.jspecify.annotations.Nullable;

/**
 * What a question to a node brought: a value, or why there is none.
 *
 * @param value null if it was refused
 * @param refusal null if there is a value
 */
public record Answer<T>(@Nullable T value, @Nullable String refusal) {
  static <T> Answer<T> of(T value) {
    return new Answer<>(value, null);
  }

  static <T> Answer<T> refused(String reason) {
    return new Answer<>(null, reason);
  }
}
