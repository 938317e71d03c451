package dev.cets.replication;

/** A caller's write, as the protocol sees it. */
public interface Call {
  /** Nobody waits. */
  Call NONE =
      new Call() {
        @Override
        public void ended(Outcome outcome) {}

        @Override
        public void released() {}
      };

  /** It ended; told once. */
  void ended(Outcome outcome);

  /** Its bytes are no longer kept; told once, at the end or later. */
  void released();
}
