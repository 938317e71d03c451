/** Nodes over TCP, on Netty. */
@NullMarked
package dev.cets.netty;

import org.jspecify.annotations.NullMarked;
