/** Codecs of other projects beside ours: the same records, and the same damage to their bytes. */
@NullMarked
package dev.cets.bench.codec;

import org.jspecify.annotations.NullMarked;
