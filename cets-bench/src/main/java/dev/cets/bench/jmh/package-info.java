/** What is inside one process, by JMH, next to the bare thing of the JDK. */
@NullMarked
package dev.cets.bench.jmh;

import org.jspecify.annotations.NullMarked;
