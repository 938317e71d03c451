package dev.cets.replication;

/**
 * Names a version. No two are alike for the same key.
 *
 * @param origin whose write it is
 * @param stamp the stamp of that write
 */
record VersionId(Incarnation origin, long stamp) {}
