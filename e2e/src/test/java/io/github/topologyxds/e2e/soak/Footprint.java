package io.github.topologyxds.e2e.soak;

import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.subscription.ClientState;
import io.github.topologyxds.subscription.ClientStateTable;
import io.github.topologyxds.subscription.Subscribers;
import io.github.topologyxds.subscription.Subscription;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive in this JVM after a full collection.
 *
 * @param indexed objects that belong to a stream or to the index of streams, by class
 */
record Footprint(long heapBytes, int threads, Map<String, Long> indexed) {
  /**
   * Of all that a stream leaves behind when it is forgotten badly, something is among these: what
   * the aggregated service has of a stream is reached from its session.
   */
  private static final Set<String> OF_STREAMS =
      Stream.of(
              ClientSession.class,
              Subscription.class,
              ClientState.class,
              ClientStateTable.class,
              Subscribers.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private static final int COUNT = 1;
  private static final int BYTES = 2;
  private static final int CLASS = 3;

  /** Returns the names of the classes of which every open stream has an object. */
  static Set<String> classesOfStreams() {
    return OF_STREAMS;
  }

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
        if (OF_STREAMS.contains(name)) {
          indexed.put(name, Long.parseLong(words[COUNT]));
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
