/** The node daemon, its HTTP interface, and the command line. */
@NullMarked
package dev.cets.server;

import org.jspecify.annotations.NullMarked;
