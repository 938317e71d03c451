/** What a person at a terminal sees. */
@NullMarked
package dev.cets.server.console;

import org.jspecify.annotations.NullMarked;
