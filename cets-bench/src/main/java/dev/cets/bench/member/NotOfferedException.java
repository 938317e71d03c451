package dev.cets.bench.member;

/** A system has nothing like it; the message says what, in a few words. */
public final class NotOfferedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why the cell stays empty. */
  public NotOfferedException(String why) {
    super(why);
  }
}
