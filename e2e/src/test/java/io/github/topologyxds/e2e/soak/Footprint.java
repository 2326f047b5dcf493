package io.github.topologyxds.e2e.soak;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive in this JVM after a full collection.
 *
 * @param indexed objects that belong to a stream or to the index of streams, by class
 */
record Footprint(long heapBytes, int threads, Map<String, Long> indexed) {
  private static final String DELIVERY = "io.github.topologyxds.delivery.";

  /** Of all that a stream leaves behind when it is forgotten badly, something is among these. */
  private static final List<String> OF_STREAMS =
      List.of(
          "Subscribers", "ClientSession", "ClientStateTable", "Subscription", "grpc.ads.AdsStream");

  private static final int COUNT = 1;
  private static final int BYTES = 2;
  private static final int CLASS = 3;

  /** Collects garbage and counts what is left. */
  static Footprint now() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    long heap = 0;
    Map<String, Long> indexed = new TreeMap<>();
    for (String line : histogram.toString().split("\n", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > CLASS && words[0].endsWith(":")) {
        heap += Long.parseLong(words[BYTES]);
        String name = words[CLASS];
        if (name.startsWith(DELIVERY) && OF_STREAMS.contains(name.substring(DELIVERY.length()))) {
          indexed.put(name.substring(DELIVERY.length()), Long.parseLong(words[COUNT]));
        }
      }
    }
    return new Footprint(heap, serverThreads(), indexed);
  }

  /** Those of the test's clients, in the same JVM, come with what they have to do. */
  private static int serverThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().startsWith("grpc-default-"))
            .count();
  }
}
