/** Benchmarks; never published. */
module dev.cets.bench {
  requires dev.cets;
  requires dev.cets.netty;
  requires static org.jspecify;
}
