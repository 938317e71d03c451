/** What a record costs on the heap, object by object. */
@NullMarked
package dev.cets.bench.footprint;

import org.jspecify.annotations.NullMarked;
