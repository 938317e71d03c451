/** The parent process: starts children, tells them what to measure, and when. */
@NullMarked
package dev.cets.bench.suite;

import org.jspecify.annotations.NullMarked;
