/** What {@code cets top} shows: a node, its links and its tables, look by look. */
@NullMarked
package dev.cets.server.top;

import org.jspecify.annotations.NullMarked;
