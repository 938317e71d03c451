/** Whom to look for, and when to ask: the schedule, and the built-in back ends. */
@NullMarked
package dev.cets.discovery;

import org.jspecify.annotations.NullMarked;
