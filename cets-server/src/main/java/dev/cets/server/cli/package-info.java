/** The commands. */
@NullMarked
package dev.cets.server.cli;

import org.jspecify.annotations.NullMarked;
