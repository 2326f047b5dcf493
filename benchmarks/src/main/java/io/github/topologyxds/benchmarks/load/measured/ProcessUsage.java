package io.github.topologyxds.benchmarks.load.measured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process's CPU time and memory, from /proc.
 *
 * @param cpu seconds since its start
 */
public record ProcessUsage(double cpu, long rssKib, long peakRssKib) {
  /** USER_HZ on Linux. */
  private static final double TICKS = 100;

  private static final int USER_TIME = 11;

  /**
   * Reads what a process has used so far.
   *
   * @throws IOException when it has ended
   */
  public static ProcessUsage of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // Behind the command's name, which may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double cpu =
        (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS;
    List<String> status = Files.readAllLines(folder.resolve("status"));
    return new ProcessUsage(cpu, kib(status, "VmRSS:"), kib(status, "VmHWM:"));
  }

  /**
   * Returns for how many seconds all the machine's cores together have been busy, without what runs
   * at a lower priority than usual: the loops of {@code benchmarks/run} that keep cores awake.
   */
  public static double machine() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+", -1);
    double busy = 0;
    // user, system, irq, softirq, steal: not nice, idle and iowait.
    for (int field : new int[] {1, 3, 6, 7, 8}) {
      busy += Long.parseLong(fields[field]);
    }
    return busy / TICKS;
  }

  private static long kib(List<String> status, String key) {
    for (String line : status) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length()).replace("kB", "").trim());
      }
    }
    return 0;
  }
}
