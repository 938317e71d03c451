package dev.cets.bench.report;

import java.util.Map;

/**
 * Where and how a run was made.
 *
 * @param command what was typed
 * @param date the day
 * @param cores processors that the JVM sees
 * @param memoryGib main memory
 * @param os the operating system
 * @param jdk the JDK of all processes
 * @param jvmFlags of all processes
 * @param versions of the systems
 * @param seconds how long it took
 */
public record Setting(
    String command,
    String date,
    int cores,
    long memoryGib,
    String os,
    String jdk,
    String jvmFlags,
    Map<String, String> versions,
    long seconds) {}
