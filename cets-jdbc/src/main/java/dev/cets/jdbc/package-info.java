/** Discovery over a database table: nodes register in it, and read who else has. */
@NullMarked
package dev.cets.jdbc;

import org.jspecify.annotations.NullMarked;
