package dev.cets;

/** That a listener is told of changes. Ends when it is closed, or the table or node is. */
public interface Subscription extends AutoCloseable {
  /**
   * No call to the listener begins from now on; one may still be running. What waited is dropped,
   * and {@link ChangeListener#closed} is not told. Harmless when repeated.
   */
  @Override
  void close();
}
