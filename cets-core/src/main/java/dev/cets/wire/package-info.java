/** Bytes: reading and writing them, and the envelope around every frame. Knows no protocol. */
@NullMarked
package dev.cets.wire;

import org.jspecify.annotations.NullMarked;
