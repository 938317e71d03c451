package dev.cets.replication;

/**
 * How far this node is in fetching what a peer holds of a table.
 *
 * @param keys of how many keys it has been told
 * @param keysLeft about how many are still to come
 * @param records how many records came
 * @param bytes how many bytes came
 * @param percent of the keys
 */
public record Transfer(long keys, long keysLeft, long records, long bytes, int percent) {
  @Override
  public String toString() {
    return keys
        + " of about "
        + (keys + keysLeft)
        + " records, "
        + bytes
        + " bytes, "
        + percent
        + " %";
  }
}
