package dev.cets.netty;

/** What becomes of one handshake: perhaps a greeting, then exactly one of the other calls. */
interface Outcome {
  /** The other end has said who it is. */
  default void greeted(Hello peer) {}

  /** The other end is this transport. */
  void self();

  /** The decider says that the pair is connected already. */
  void alreadyConnected(Hello peer);

  /** This is the pair's connection now, and everybody has been told. */
  void established();

  void failed(String reason);
}
