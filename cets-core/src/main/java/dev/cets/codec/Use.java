package dev.cets.codec;

/** Where a type is used, which decides what it may be. */
enum Use {
  /** Anywhere else. */
  VALUE(
      "records, sealed interfaces of records, enums, String, primitives and their boxes, UUID,"
          + " Instant, Duration, LocalDate, BigInteger, BigDecimal, byte[], and Optional, List, Set"
          + " and Map of these are allowed"),

  /** Within an element of a set or a key of a map, whose equals() must look at the content. */
  HASHED("in a set or as a map's key, what is allowed elsewhere is, but no byte[]"),

  /** Within the key of a table, which is the same on all nodes for as long as the table lives. */
  KEY(
      "in a key, only String, primitives and their boxes, enums, UUID, Instant, Duration,"
          + " LocalDate, BigInteger, BigDecimal, and records of these are allowed");

  private final String allowed;

  Use(String allowed) {
    this.allowed = allowed;
  }

  String allowed() {
    return allowed;
  }
}
