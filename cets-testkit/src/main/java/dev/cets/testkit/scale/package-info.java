/** What clusters of different sizes cost: the real nodes, counted and timed in virtual time. */
@NullMarked
package dev.cets.testkit.scale;

import org.jspecify.annotations.NullMarked;
