/** The stores: what readers see, lock-free, and the caller's side of a write. */
@NullMarked
package dev.cets.table;

import org.jspecify.annotations.NullMarked;
