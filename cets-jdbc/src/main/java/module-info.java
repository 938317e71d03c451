/** Discovery over a database table, through any {@link javax.sql.DataSource}. */
module dev.cets.jdbc {
  requires transitive dev.cets;
  requires transitive java.sql;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.cets.jdbc;
}
