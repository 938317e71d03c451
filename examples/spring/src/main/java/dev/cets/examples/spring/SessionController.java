package dev.cets.examples.spring;

import dev.cets.SetTable;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Sessions over HTTP. Reads are of local memory; a write is on every node when it answers. */
@RestController
@RequestMapping("/sessions")
class SessionController {
  private final SetTable<String, Session> sessions;

  SessionController(SetTable<String, Session> sessions) {
    this.sessions = sessions;
  }

  @GetMapping
  List<Session> all() {
    return sessions.dump();
  }

  @GetMapping("/{id}")
  Session one(@PathVariable String id) {
    Session session = sessions.lookup(id);
    if (session == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return session;
  }

  @PutMapping("/{id}")
  Session begin(@PathVariable String id, @RequestParam String user) {
    Session session = new Session(id, user, Instant.now());
    sessions.insert(session);
    return session;
  }

  @DeleteMapping("/{id}")
  void end(@PathVariable String id) {
    sessions.delete(id);
  }
}
