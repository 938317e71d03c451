/** A small REST service whose sessions are on every node. */
@org.jspecify.annotations.NullMarked
package dev.cets.examples.spring;
