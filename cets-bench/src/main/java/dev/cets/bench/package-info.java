/** The command: reads its options, runs the suites, hands over the results. Never published. */
@NullMarked
package dev.cets.bench;

import org.jspecify.annotations.NullMarked;
