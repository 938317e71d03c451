-- MySQL 8.0.16 or newer, MariaDB 10.5 or newer. Names are compared byte by byte: A is not a.
CREATE TABLE IF NOT EXISTS cets_discovery_nodes (
  node_name      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cluster_name   VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  node_number    INTEGER NOT NULL,
  address        VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  present        BOOLEAN NOT NULL DEFAULT TRUE,
  updated_millis BIGINT  NOT NULL,
  expires_millis BIGINT  NOT NULL,
  PRIMARY KEY (node_name),
  UNIQUE (cluster_name, node_number),
  CHECK (node_number >= 1)
) ENGINE = InnoDB
