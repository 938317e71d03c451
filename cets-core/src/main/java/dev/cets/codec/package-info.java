/** The default codec: records and the values within them, by declared type only. */
@NullMarked
package dev.cets.codec;

import org.jspecify.annotations.NullMarked;
