package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.CetsException;
import dev.cets.NotAppliedException;
import dev.cets.UnknownOutcomeException;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What went wrong with a request, as RFC 9457 writes it.
 *
 * @param status the HTTP status
 * @param type the kind, for programs
 * @param title the kind, for people
 * @param detail one sentence: what is wrong, the value, what is allowed
 * @param more further members: a number, a text, or a list of texts or of raw JSON each
 */
record Problem(int status, String type, String title, String detail, Map<String, Object> more) {
  Problem {
    more = Map.copyOf(more);
  }

  private static Problem of(int status, String type, String title, String detail) {
    return new Problem(status, type, title, detail, Map.of());
  }

  static Problem badRequest(String detail) {
    return of(400, "bad-request", "Bad request", detail);
  }

  static Problem badRecord(BadRecordException e) {
    String detail = String.valueOf(e.getMessage());
    return e.isTooLarge() ? tooLarge(detail) : of(400, "bad-record", "Not a record", detail);
  }

  static Problem tooLarge(String detail) {
    return of(413, "too-large", "Too large", detail);
  }

  static Problem noSuchPath(String path) {
    return of(
        404,
        "unknown-path",
        "Unknown path",
        "there is nothing at '"
            + path
            + "'; there are /, /status, /history, /counts, /tables, /tables/T/records, /tables/T/records/KEY,"
            + " /tables/T/watch, /tables/T/compare, /health/live, /health/ready and /metrics");
  }

  static Problem unknownTable(String table, Collection<String> tables) {
    String known = tables.isEmpty() ? "it has none" : "it has " + String.join(", ", tables);
    return of(
        404, "unknown-table", "Unknown table", "this node has no table '" + table + "'; " + known);
  }

  static Problem absentKey(String table, String key) {
    return of(
        404,
        "absent-key",
        "No such record",
        "table '" + table + "' has no record with key '" + key + "'");
  }

  /** What stands is given as an array of records: a program need not look into the sentence. */
  static Problem keyTaken(String table, String key, List<JsonRecord> standing) {
    return of(
            409,
            "key-taken",
            "Key taken",
            "table '" + table + "' already has a record with key '" + key + "'; nothing is written")
        .with("standing", Json.rawSorted(standing));
  }

  static Problem bag(String table, String what) {
    return badRequest(
        "table '" + table + "' is a bag, for which there is no " + what + "; sets have it");
  }

  static Problem tooManyWatchers(int limit) {
    return of(
        503,
        "too-many-watchers",
        "Too many watchers",
        "%d watchers follow tables of this node, which is the most allowed".formatted(limit));
  }

  static Problem methodNotAllowed(String method, String allowed) {
    return of(
        405,
        "method-not-allowed",
        "Method not allowed",
        method + " is not possible here; " + allowed + " is");
  }

  static Problem unauthorized() {
    return of(
        401,
        "unauthorized",
        "Unauthorized",
        "a token of this node is needed, as in 'Authorization: Bearer TOKEN'");
  }

  static Problem forbidden(String method) {
    return of(
        403, "forbidden", "Forbidden", "this token is for reading; " + method + " needs the other");
  }

  static Problem tooSlow() {
    return of(408, "too-slow", "Request timeout", "the body comes in more slowly than is allowed");
  }

  static Problem starting() {
    return of(503, "starting", "Starting", "the node is still opening its tables; try again soon");
  }

  /** A write that did not become complete, or a table or node that is closed. */
  static Problem of(CetsException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e) {
      case UnknownOutcomeException unknown ->
          of(504, "unknown-outcome", "Outcome unknown", detail)
              .with("notAnswered", List.copyOf(new TreeSet<>(unknown.notAnswered())));
      case NotAppliedException notApplied -> of(503, "not-applied", "Not applied", detail);
      default -> of(503, "unavailable", "Not available", detail);
    };
  }

  static Problem internal() {
    return of(
        500, "internal", "Internal error", "the node failed in a way it should not; its log tells");
  }

  /** The same with one more member. */
  Problem with(String name, Object value) {
    Map<String, Object> all = new TreeMap<>(more);
    all.put(name, value);
    return new Problem(status, type, title, detail, all);
  }

  /** The same with another sentence. */
  Problem detail(String other) {
    return new Problem(status, type, title, other, more);
  }

  byte[] json() {
    ObjectNode json = Json.object();
    json.put("type", "urn:cets:problem:" + type)
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
    for (var member : new TreeMap<>(more).entrySet()) {
      json.putPOJO(member.getKey(), member.getValue());
    }
    return Json.bytes(json);
  }
}
