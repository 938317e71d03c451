/** For tests of applications that have a node. */
@org.jspecify.annotations.NullMarked
package dev.cets.spring.test;
