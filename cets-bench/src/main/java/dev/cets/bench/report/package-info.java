/** What comes out: results, as a document, as text and as a page. */
@NullMarked
package dev.cets.bench.report;

import org.jspecify.annotations.NullMarked;
