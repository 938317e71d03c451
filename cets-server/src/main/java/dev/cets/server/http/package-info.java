/** The HTTP interface of a node. */
@NullMarked
package dev.cets.server.http;

import org.jspecify.annotations.NullMarked;
