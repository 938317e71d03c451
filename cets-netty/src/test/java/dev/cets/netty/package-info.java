@NullMarked
package dev.cets.netty;

import org.jspecify.annotations.NullMarked;
