package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.server.console.Texts;
import dev.cets.testkit.sim.CampaignReport;
import dev.cets.testkit.sim.PlantedDefects.Finding;
import dev.cets.testkit.sim.SimulationResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What the simulator found, for people and for programs. */
final class SimReport {
  private static final double MILLIS_PER_HOUR = 3_600_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SimReport() {}

  static JsonNode json(CampaignReport report) {
    ObjectNode node = JSON.objectNode();
    node.put("seeds", report.seeds());
    node.put("violations", report.violations().size());
    node.put("simulatedHours", hours(report));
    node.put("events", report.events());
    node.set("faults", counts(report.faults()));
    node.set("operations", counts(report.operations()));
    node.set("checks", counts(report.checks()));
    ArrayNode found = node.putArray("found");
    for (SimulationResult violation : report.violations()) {
      found.add(json(violation));
    }
    return node;
  }

  private static JsonNode json(SimulationResult violation) {
    ObjectNode node = JSON.objectNode();
    node.put("seed", violation.walk().seed());
    node.put("walk", violation.walk().toString());
    node.put("violation", violation.violation());
    return node;
  }

  static JsonNode json(List<Finding> findings) {
    ObjectNode node = JSON.objectNode();
    ArrayNode planted = node.putArray("planted");
    for (Finding finding : findings) {
      ObjectNode one = planted.addObject();
      one.put("name", finding.name());
      one.put("seedsNeeded", finding.seedsNeeded());
      one.put("caught", finding.found() != null);
    }
    return node;
  }

  private static ObjectNode counts(Map<?, Long> counts) {
    ObjectNode node = JSON.objectNode();
    counts.forEach((name, count) -> node.put(name.toString(), count));
    return node;
  }

  static void print(PrintStream out, CampaignReport report, double seconds) {
    out.printf(
        "%s seeds, %s simulated hours, %s events, in %s s%n",
        Texts.count(report.seeds()),
        Texts.decimal(hours(report)),
        Texts.count(report.events()),
        Texts.decimal(seconds));
    print(out, "walks", report.profiles());
    print(out, "faults", report.faults());
    print(out, "operations", report.operations());
    print(out, "checks", report.checks());
    for (SimulationResult violation : report.violations()) {
      out.printf("violation: %s: %s%n", violation.walk(), violation.violation());
      out.printf("  replay: ./cets sim --seed %d --trace%n", violation.walk().seed());
    }
    out.printf("%s violations%n", Texts.count(report.violations().size()));
  }

  private static void print(PrintStream out, String title, Map<?, Long> counts) {
    out.println(title + ":");
    counts.forEach((name, count) -> out.printf("  %15s  %s%n", Texts.count(count), name));
  }

  static void print(PrintStream out, Finding finding) {
    SimulationResult found = finding.found();
    if (found == null) {
      out.printf("%-34s ESCAPED %d seeds%n", finding.name(), finding.seedsNeeded());
    } else {
      out.printf(
          "%-34s found after %d seeds: %s%n",
          finding.name(), finding.seedsNeeded(), shortened(String.valueOf(found.violation())));
    }
  }

  private static String shortened(String text) {
    int most = 120;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  private static double hours(CampaignReport report) {
    return report.simulated().toMillis() / MILLIS_PER_HOUR;
  }
}
