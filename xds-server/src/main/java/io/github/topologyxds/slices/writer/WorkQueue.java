package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The Services to look at, each once, and when. Times are nanoseconds of a monotonic clock. */
final class WorkQueue {
  // Owner of both: the thread "slice-writer".
  private final Map<ObjectName, Long> times = new HashMap<>();
  private final TreeSet<Due> queue = new TreeSet<>();

  private record Due(long at, ObjectName service) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at - other.at, 0);
      return byTime == 0 ? service.compareTo(other.service) : byTime;
    }
  }

  void add(Collection<ObjectName> services, long now) {
    services.forEach(service -> add(service, now));
  }

  /** Puts a Service on the list, or to an earlier time if it stands there. */
  void add(ObjectName service, long at) {
    Long known = times.get(service);
    if (known == null || at - known < 0) {
      remove(service);
      times.put(service, at);
      queue.add(new Due(at, service));
    }
  }

  private void remove(ObjectName service) {
    Long known = times.remove(service);
    if (known != null) {
      queue.remove(new Due(known, service));
    }
  }

  /** Takes the next Service whose time has come. */
  Optional<ObjectName> take(long now) {
    if (queue.isEmpty() || queue.first().at() - now > 0) {
      return Optional.empty();
    }
    ObjectName service = queue.first().service();
    remove(service);
    return Optional.of(service);
  }

  boolean isDue(long now) {
    return !queue.isEmpty() && queue.first().at() - now <= 0;
  }

  void clear() {
    times.clear();
    queue.clear();
  }
}
