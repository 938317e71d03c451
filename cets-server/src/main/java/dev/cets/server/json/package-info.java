/** Records that are JSON objects, with their key beside them. */
@NullMarked
package dev.cets.server.json;

import org.jspecify.annotations.NullMarked;
