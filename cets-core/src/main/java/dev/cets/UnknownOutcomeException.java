package dev.cets;

import java.io.Serial;
import java.util.Set;

/**
 * The write was applied here, and it is not known whether the named nodes have applied it too. It
 * is kept: it reaches them when they answer again, or when they are linked again. Writing the same
 * record again does no harm; a caller that must know reads it back later.
 *
 * <p>It says less, namely that the call had not ended, of {@link CetsNode#awaitAll}, of a caller
 * that was interrupted, and where the only name is that of the caller's own node, which did not
 * answer: such a write may still be applied later.
 */
public final class UnknownOutcomeException extends CetsException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Set<String> notAnswered;

  /** With the names of the nodes that have not answered. */
  public UnknownOutcomeException(String message, Set<String> notAnswered) {
    super(message);
    this.notAnswered = Set.copyOf(notAnswered);
  }

  /** The nodes that have not acknowledged the write. */
  public Set<String> notAnswered() {
    return notAnswered;
  }
}
