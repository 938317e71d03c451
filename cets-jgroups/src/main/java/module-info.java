/** The other engine: nodes over a JGroups channel. The only module that sees JGroups. */
// JGroups has a name for modules, but no descriptor.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.cets.jgroups {
  requires transitive dev.cets;
  requires transitive org.jgroups;
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.cets.jgroups;

  // JGroups reads the settings of protocols by reflection.
  opens dev.cets.jgroups to
      org.jgroups;
}
