package dev.cets.spring;

import dev.cets.SetSpec;
import dev.cets.TableSpec;

/** What the tests' tables hold. */
public record Session(String id, String user) {
  static SetSpec<String, Session> table() {
    return TableSpec.set("sessions", String.class, Session.class, Session::id);
  }
}
