@NullMarked
package dev.cets.jdbc;

import org.jspecify.annotations.NullMarked;
