/** A chat on any number of nodes. Read {@link Tables} first, then {@link Chat}. */
@NullMarked
package dev.cets.examples.chat;

import org.jspecify.annotations.NullMarked;
