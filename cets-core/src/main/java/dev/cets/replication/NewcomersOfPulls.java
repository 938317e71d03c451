package dev.cets.replication;

import org.jspecify.annotations.Nullable;

/** Tells every pull that is under way of the versions that came from elsewhere. */
final class NewcomersOfPulls<K, R> implements Intake.Newcomers<K> {
  private final Links<K, R> links;
  private final TransferSlots slots;
  private final Rules rules;

  NewcomersOfPulls(Links<K, R> links, TransferSlots slots, Rules rules) {
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
