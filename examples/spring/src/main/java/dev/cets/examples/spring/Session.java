package dev.cets.examples.spring;

import java.time.Instant;

/** Somebody who is logged in. */
public record Session(String id, String user, Instant since) {}
