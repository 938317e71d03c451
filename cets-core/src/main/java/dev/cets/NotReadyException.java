package dev.cets;

import java.io.Serial;
import java.util.List;

/** The node was not ready by the deadline. It goes on trying; waiting again is fine. */
public final class NotReadyException extends CetsException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  /** With what is still missing, one sentence each. */
  public NotReadyException(String message, List<String> reasons) {
    super(message);
    this.reasons = List.copyOf(reasons);
  }

  /** What is still missing, one sentence each. */
  public List<String> reasons() {
    return reasons;
  }
}
