/** Talks to a daemon over HTTP. */
@NullMarked
package dev.cets.server.client;

import org.jspecify.annotations.NullMarked;
