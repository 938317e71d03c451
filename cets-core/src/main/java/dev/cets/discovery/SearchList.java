package dev.cets.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The full names that a short one may stand for, as the file {@code resolv.conf} of the system says
 * by its lines {@code search} and {@code options ndots:}. Java's DNS provider does not look there,
 * and a pod of Kubernetes knows its service by the short name.
 *
 * @param domains tried one after the other
 * @param dots a name with fewer dots is tried with the domains first, any other as it is first
 */
record SearchList(List<String> domains, int dots) {
  static final SearchList NONE = new SearchList(List.of(), 1);

  private static final int MAX_DOMAINS = 32;
  private static final int MAX_DOTS = 15;

  /** What the file says now; nothing if there is none, as on Windows. */
  static SearchList read(Path file) {
    List<String> domains = List.of();
    int dots = 1;
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        List<String> words = List.of(line.strip().split("\\s+"));
        switch (words.getFirst()) {
          case "search", "domain" -> domains = words.subList(1, words.size());
          case "options" -> dots = dots(words, dots);
          default -> {}
        }
      }
    } catch (IOException e) {
      return NONE;
    }
    return new SearchList(domains.stream().limit(MAX_DOMAINS).toList(), dots);
  }

  private static int dots(List<String> options, int former) {
    int dots = former;
    for (String option : options) {
      if (option.matches("ndots:[0-9]{1,3}")) {
        dots = Math.min(MAX_DOTS, Integer.parseInt(option.substring("ndots:".length())));
      }
    }
    return dots;
  }

  /** What to ask for, one after the other; one that ends with a dot is complete. */
  List<String> fullNames(String name) {
    if (name.endsWith(".")) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    for (String domain : domains) {
      String fullName = name + "." + domain;
      if (DnsDiscovery.isName(fullName)) {
        names.add(fullName);
      }
    }
    boolean asItIsFirst = name.chars().filter(c -> c == '.').count() >= dots;
    names.add(asItIsFirst ? 0 : names.size(), name);
    return names;
  }
}
