/**
 * What an application types. A thin layer: it turns arguments into commands for the table below,
 * and outcomes into receipts and exceptions.
 */
@NullMarked
package dev.cets;

import org.jspecify.annotations.NullMarked;
