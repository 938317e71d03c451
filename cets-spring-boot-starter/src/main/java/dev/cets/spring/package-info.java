/** A node as a part of a Spring Boot application. */
@org.jspecify.annotations.NullMarked
package dev.cets.spring;
