package dev.cets;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table's link with one other node, at one moment.
 *
 * @param state {@code joined}, {@code joining}, {@code linking}, or why there is none
 * @param age how long it has been in that state
 * @param unacknowledgedWrites writes of this node that the other has not applied yet
 * @param unacknowledgedBytes their size
 * @param comparedAt when the two were last compared by digests; null if they were not
 * @param equalSince since when comparisons find nothing that differs, but writes that are on their
 *     way; null if the last one brought something, or there was none
 * @param progress how far this node is in fetching what the other holds; null if it does not
 */
public record LinkStatus(
    String state,
    Duration age,
    int unacknowledgedWrites,
    long unacknowledgedBytes,
    @Nullable Instant comparedAt,
    @Nullable Instant equalSince,
    @Nullable JoinProgress progress) {}
