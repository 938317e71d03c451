package dev.cets.replication;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which rules a node keeps: all of them, except in a simulator that shows what each is good for.
 *
 * @param broken those that are not kept
 */
public record Rules(Set<Rule> broken) {
  /** As it should be. */
  public static final Rules ALL = new Rules(EnumSet.noneOf(Rule.class));

  /** All but one. */
  public static Rules allBut(Rule rule) {
    return new Rules(EnumSet.of(rule));
  }

  /** Is this one kept? */
  public boolean keep(Rule rule) {
    return !broken.contains(rule);
  }
}
