package dev.cets.replication;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a replica holds and knows at one moment, for checkers that are apart from the protocol.
 *
 * @param live the live versions
 * @param bare those of them whose records are not here, of owners that could not be waited for
 * @param versions how many live versions there are; more than {@code live} if one stands twice
 * @param unbroken per origin, the stamp up to which every write was taken in
 * @param early removals of versions that were not taken in
 * @param gone the incarnations among them that were given up
 * @param shown the origins whose records readers see
 */
public record TableSnapshot(
    Set<LiveVersion> live,
    Set<LiveVersion> bare,
    int versions,
    Map<Incarnation, Long> unbroken,
    Set<LiveVersion> early,
    Set<Incarnation> gone,
    Set<Incarnation> shown,
    List<LinkSnapshot> links) {

  /** A version of a key. */
  public record LiveVersion(Object key, Incarnation origin, long stamp) {}

  /** One side of a link. */
  public record LinkSnapshot(
      Incarnation peer,
      long mine,
      long yours,
      boolean open,
      boolean joined,
      boolean peerJoined,
      String state) {}

  static <K, R> TableSnapshot of(
      Intake<K, R> intake, Links<K, R> links, Gone gone, Set<Incarnation> notAwaited) {
    Set<LiveVersion> live = new HashSet<>();
    Set<LiveVersion> bare = new HashSet<>();
    intake
        .store()
        .forEach(
            key -> {
              for (int i = 0; i < key.count(); i++) {
                Version<R> version = key.version(i);
                LiveVersion name =
                    new LiveVersion(key.key(), version.origin().incarnation(), version.stamp());
                live.add(name);
                if (version.isBare() && notAwaited.contains(name.origin())) {
                  bare.add(name);
                }
              }
            });
    int[] versions = new int[1];
    intake.store().forEach(key -> versions[0] += key.count());
    Set<LiveVersion> early = new HashSet<>();
    intake.early().forEach(v -> early.add(new LiveVersion(v.key(), v.origin(), v.stamp())));
    Map<Incarnation, Long> unbroken = new HashMap<>();
    Set<Incarnation> given = new HashSet<>();
    Set<Incarnation> shown = new HashSet<>();
    for (Incarnation origin : intake.incarnations()) {
      if (intake.unbroken(origin) > 0) {
        unbroken.put(origin, intake.unbroken(origin));
      }
      if (intake.origin(origin).visible()) {
        shown.add(origin);
      }
    }
    early.stream().map(LiveVersion::origin).filter(gone::has).forEach(given::add);
    live.stream().map(LiveVersion::origin).filter(gone::has).forEach(given::add);
    return new TableSnapshot(live, bare, versions[0], unbroken, early, given, shown, of(links));
  }

  static <K, R> List<LinkSnapshot> of(Links<K, R> links) {
    return links.all().stream()
        .map(
            link ->
                new LinkSnapshot(
                    link.peer().identity(),
                    link.mine(),
                    link.yours(),
                    link.isOpen(),
                    link.isJoined(),
                    link.isPeerJoined(),
                    link.describe()))
        .toList();
  }
}
