package dev.cets;

import java.util.Set;

/**
 * Proof of a write that is complete.
 *
 * @param appliedBy the names of the nodes that have applied it, the writer among them
 * @param left the nodes that were waited for at first and went down, or lost their link, before it
 *     was complete. When they come back, the write reaches them, if it has not.
 * @param changes how many keys it changed; 0 if there was nothing to remove
 */
public record Receipt(Set<String> appliedBy, Set<String> left, int changes) {}
