package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.server.console.Texts;
import dev.cets.testkit.scale.Cost;
import dev.cets.testkit.scale.ScaleFigures;
import java.io.PrintStream;
import java.util.List;

/** What clusters of different sizes cost: tables in Markdown, or one document. */
final class ScaleReport {
  private static final double MICROS_PER_MILLI = 1_000;

  private ScaleReport() {}

  static JsonNode json(List<ScaleFigures> measured) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (ScaleFigures figures : measured) {
      ObjectNode one = all.addObject();
      one.put("nodes", figures.nodes());
      one.put("records", figures.records());
      one.put("links", figures.links());
      put(one.putObject("insert"), figures.insert());
      one.put("insertAtWriterMicros", figures.insertAtWriter());
      put(one.putObject("bulkRecord"), figures.bulkRecord());
      put(one.putObject("idleSecond"), figures.idleSecond());
      put(one.putObject("comparison"), figures.comparison());
      one.put("contextBytes", figures.contextBytes());
      put(one.putObject("join"), figures.join());
      one.put("joinChunkBytes", figures.joinChunkBytes());
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("sizes", all);
    return document;
  }

  private static void put(ObjectNode node, Cost cost) {
    node.put("messages", cost.messages());
    node.put("bytes", cost.bytes());
    node.put("cpuMicros", cost.cpuMicros());
  }

  static void print(PrintStream out, List<ScaleFigures> measured) {
    out.println("Writes and idle seconds; all links together, processor time of one node:");
    out.println();
    out.println(
        "| nodes | records | links | insert: messages | bytes | us | us at the writer"
            + " | record in a write of 100: bytes | us | idle second: messages | bytes | us |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (ScaleFigures one : measured) {
      row(
          out,
          count(one.nodes()),
          count(one.records()),
          count(one.links()),
          count(one.insert().messages()),
          count(one.insert().bytes()),
          Texts.decimal(one.insert().cpuMicros() / one.nodes()),
          Texts.decimal(one.insertAtWriter()),
          count(one.bulkRecord().bytes()),
          Texts.decimal(one.bulkRecord().cpuMicros() / one.nodes()),
          count(one.idleSecond().messages()),
          count(one.idleSecond().bytes()),
          count(one.idleSecond().cpuMicros() / one.nodes()));
    }
    out.println();
    out.println("One node compares with all others; one more node joins; all links together:");
    out.println();
    out.println(
        "| nodes | records | comparison: messages | bytes | ms | what a node has taken in: bytes"
            + " | join: messages | bytes | of these in chunks | ms |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (ScaleFigures one : measured) {
      row(
          out,
          count(one.nodes()),
          count(one.records()),
          count(one.comparison().messages()),
          count(one.comparison().bytes()),
          Texts.decimal(one.comparison().cpuMicros() / MICROS_PER_MILLI),
          count(one.contextBytes()),
          count(one.join().messages()),
          count(one.join().bytes()),
          count(one.joinChunkBytes()),
          Texts.decimal(one.join().cpuMicros() / MICROS_PER_MILLI));
    }
  }

  private static void row(PrintStream out, String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String count(double number) {
    return Texts.count(Math.round(number));
  }
}
