/** What an engine, a discovery back end or a codec implements. Depends on nothing else of ours. */
@NullMarked
package dev.cets.spi;

import org.jspecify.annotations.NullMarked;
