/** The runtime: pumps the pure core on the transport's loop and wires everything together. */
@NullMarked
package dev.cets.node;

import org.jspecify.annotations.NullMarked;
