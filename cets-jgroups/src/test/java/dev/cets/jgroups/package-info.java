@NullMarked
package dev.cets.jgroups;

import org.jspecify.annotations.NullMarked;
