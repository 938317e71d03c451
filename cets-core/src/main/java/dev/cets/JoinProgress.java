package dev.cets;

/**
 * How far a node is in fetching what another holds of a table. What both have does not travel.
 *
 * @param looked how many keys the other has told of
 * @param left about how many it will still tell of
 * @param records how many records came
 * @param bytes how many bytes came
 * @param percent of the keys, 0 to 100
 */
public record JoinProgress(long looked, long left, long records, long bytes, int percent) {}
