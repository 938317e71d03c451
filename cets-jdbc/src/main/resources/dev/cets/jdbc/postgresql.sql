-- PostgreSQL 12 or newer.
CREATE TABLE IF NOT EXISTS cets_discovery_nodes (
  node_name      VARCHAR(100) NOT NULL,
  cluster_name   VARCHAR(120) NOT NULL,
  node_number    INTEGER      NOT NULL,
  address        VARCHAR(300),
  present        BOOLEAN      NOT NULL DEFAULT TRUE,
  updated_millis BIGINT       NOT NULL,
  expires_millis BIGINT       NOT NULL,
  PRIMARY KEY (node_name),
  UNIQUE (cluster_name, node_number),
  CHECK (node_number >= 1)
)
