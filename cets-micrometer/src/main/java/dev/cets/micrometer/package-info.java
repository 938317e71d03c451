/** Binds a node to a registry of meters; see {@link dev.cets.micrometer.CetsMeters}. */
@NullMarked
package dev.cets.micrometer;

import org.jspecify.annotations.NullMarked;
