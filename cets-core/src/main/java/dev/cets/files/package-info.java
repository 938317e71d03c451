/** Files whose content counts as long as the process lives, and may be replaced meanwhile. */
@NullMarked
package dev.cets.files;

import org.jspecify.annotations.NullMarked;
