/**
 * The protocol, as a function: events in (a local write, a frame, a peer that comes or goes, a
 * tick), effects out (frames to send, calls to complete). No thread, clock, chance or IO in here,
 * so that a simulator can drive the very same classes.
 */
@NullMarked
package dev.cets.replication;

import org.jspecify.annotations.NullMarked;
