package dev.cets.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster, as it stands in the table.
 *
 * @param node its name
 * @param number from 1; no other node of the cluster has it
 * @param address where it says that it can be reached; null if it did not say
 * @param present false if it left and only its number is kept for it
 */
record Row(String node, int number, @Nullable String address, boolean present) {}
