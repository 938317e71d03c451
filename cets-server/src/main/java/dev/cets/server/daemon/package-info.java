/** A node of JSON tables that serves HTTP. */
@NullMarked
package dev.cets.server.daemon;

import org.jspecify.annotations.NullMarked;
