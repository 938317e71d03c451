package dev.cets;

import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a view of a map while its records come and go. Those that collections have by default take
 * the number of elements beforehand for a promise, and streams fail when it turns out otherwise.
 */
final class ViewSpliterator<T> implements Spliterator<T> {
  private final Spliterator<T> shown;
  private final int characteristics;
  private final @Nullable Comparator<? super T> order;

  /**
   * Of what is shown.
   *
   * @param more what holds of the view, besides that its elements are never null
   */
  ViewSpliterator(Stream<T> shown, int more) {
    this(shown, more, null);
  }

  /** As the other, of a view that is sorted in an order. */
  ViewSpliterator(Stream<T> shown, int more, @Nullable Comparator<? super T> order) {
    // only a parallel stream's can be split
    this(order, shown.parallel().spliterator(), CONCURRENT | NONNULL | more);
  }

  private ViewSpliterator(
      @Nullable Comparator<? super T> order, Spliterator<T> shown, int characteristics) {
    this.shown = shown;
    this.characteristics = characteristics;
    this.order = order;
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    return shown.tryAdvance(action);
  }

  @Override
  public void forEachRemaining(Consumer<? super T> action) {
    shown.forEachRemaining(action);
  }

  @Override
  public @Nullable Spliterator<T> trySplit() {
    Spliterator<T> part = shown.trySplit();
    return part == null ? null : new ViewSpliterator<>(order, part, characteristics);
  }

  @Override
  public long estimateSize() {
    return shown.estimateSize();
  }

  @Override
  public int characteristics() {
    return characteristics;
  }

  @Override
  public @Nullable Comparator<? super T> getComparator() {
    if ((characteristics & SORTED) == 0) {
      throw new IllegalStateException("not sorted");
    }
    return order;
  }
}
