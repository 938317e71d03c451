/** Where the command line begins. */
@NullMarked
package dev.cets.server;

import org.jspecify.annotations.NullMarked;
