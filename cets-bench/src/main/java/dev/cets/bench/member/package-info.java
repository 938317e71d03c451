/**
 * What runs in a child process: a member or more of one system, and the loops that measure, which
 * are the same for all systems. Knows no system but by its interface.
 */
@NullMarked
package dev.cets.bench.member;

import org.jspecify.annotations.NullMarked;
