/** What engines have in common: a loop, a guard before the listener, whom to dial and when. */
@NullMarked
package dev.cets.engine;

import org.jspecify.annotations.NullMarked;
