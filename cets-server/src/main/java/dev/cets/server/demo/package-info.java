/** Shows a cluster of real processes, one of them killed and back. */
@NullMarked
package dev.cets.server.demo;

import org.jspecify.annotations.NullMarked;
