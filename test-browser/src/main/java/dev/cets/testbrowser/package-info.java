/** A real browser for tests of pages. */
@NullMarked
package dev.cets.testbrowser;

import org.jspecify.annotations.NullMarked;
