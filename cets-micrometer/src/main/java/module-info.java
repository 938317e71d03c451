/** What nodes do, as meters of Micrometer. */
// Micrometer has a name for modules, but no descriptor.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.cets.micrometer {
  requires transitive dev.cets;
  requires transitive micrometer.core;
  requires static org.jspecify;

  exports dev.cets.micrometer;
}
