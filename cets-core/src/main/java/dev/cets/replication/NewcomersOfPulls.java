package dev.cets.replication;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells every pull that is under way of the versions that came from elsewhere. */
final class NewcomersOfPulls<K, R> implements Intake.Newcomers<K> {
  private final Links<K, R> links;
  private final TransferSlots slots;
  private final Rules rules;
  private final Consumer<KeyVersion<K>> copied;

  /**
   * Tells the pulls of these links.
   *
   * @param copied told of what comes from transfers, for checkers
   */
  NewcomersOfPulls(
      Links<K, R> links, TransferSlots slots, Rules rules, Consumer<KeyVersion<K>> copied) {
    this.copied = copied;
    this.slots = slots;
    this.links = links;
    this.rules = rules;
  }

  @Override
  public boolean wanted() {
    return slots.inUse();
  }

  @Override
  public void added(KeyVersion<K> version, @Nullable Object from) {
    if (from != null) {
      copied.accept(version);
    }
    if (from != null && !rules.keep(Rule.NEWCOMERS_OF_PULLS_TOO)) {
      return;
    }
    for (Link<K, R> link : links.all()) {
      Pulling<K, R> pulling = link.pulling;
      if (pulling != null && link != from) {
        pulling.newcomer(version);
      }
    }
  }
}
