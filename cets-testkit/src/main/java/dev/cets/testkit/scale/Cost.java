package dev.cets.testkit.scale;

/**
 * What something costs all nodes of a cluster together.
 *
 * @param messages frames on all links
 * @param bytes of these frames, without what TCP and IP put around them
 * @param cpuMicros processor time, in microseconds. Of one thread that runs all nodes, so without
 *     sockets and without changes of threads
 */
public record Cost(double messages, double bytes, double cpuMicros) {
  Cost per(double parts) {
    return new Cost(messages / parts, bytes / parts, cpuMicros / parts);
  }
}
