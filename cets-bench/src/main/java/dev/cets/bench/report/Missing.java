package dev.cets.bench.report;

/**
 * A cell that stays empty.
 *
 * @param system whose
 * @param metric of what
 * @param why in a few words
 * @param failed whether it should have been there
 */
public record Missing(String system, String metric, String why, boolean failed) {}
