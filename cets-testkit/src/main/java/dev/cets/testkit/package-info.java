/** Clusters in virtual time, with faults, inside a test; and the contract tests of the SPI. */
@NullMarked
package dev.cets.testkit;

import org.jspecify.annotations.NullMarked;
