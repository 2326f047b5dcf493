package io.github.topologyxds.benchmarks.load.measured;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Counts this JVM's collections, and notes why each full one was made. */
public final class FullCollections {
  private final List<String> causes = new CopyOnWriteArrayList<>();

  /** Begins to listen. */
  public FullCollections() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (isFull(bean.getName()) && bean instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, handback) -> {
              if (notification.getUserData() instanceof CompositeData data) {
                causes.add(GarbageCollectionNotificationInfo.from(data).getGcCause());
              }
            },
            null,
            null);
      }
    }
  }

  private static boolean isFull(String bean) {
    return bean.contains("Old") || bean.contains("MarkSweep");
  }

  /** Returns the counts of young and of full collections, and the causes, as one line of words. */
  public String line() {
    long young = 0;
    long full = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      full += isFull(bean.getName()) ? bean.getCollectionCount() : 0;
      young += isFull(bean.getName()) ? 0 : bean.getCollectionCount();
    }
    StringBuilder line = new StringBuilder("gc " + young + " " + full);
    causes.forEach(cause -> line.append(' ').append(cause.replace(' ', '_')));
    return line.toString();
  }
}
