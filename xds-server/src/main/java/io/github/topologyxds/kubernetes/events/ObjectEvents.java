package io.github.topologyxds.kubernetes.events;

import com.google.common.hash.Hashing;
import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.ExpectedKind;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.state.findings.FindingSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the owner of a Service or a ZonalShift what is odd about it, as a Kubernetes Event on the
 * object ({@code kubectl describe service}). An Event's name comes from its content, so that
 * replicas and restarts write the same one, which the API server takes once. Namespaces take turns:
 * many Events of one hold up no other's.
 */
public final class ObjectEvents implements FindingSink, ObjectEvent.Sink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectEvents.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Where Events about objects without a Namespace are: kubectl looks for them there. */
  private static final String CLUSTER_EVENTS = "default";

  private static final Set<ObjectKind> OF_THESE =
      EnumSet.of(ObjectKind.SERVICE, ObjectKind.ZONAL_SHIFT);

  private static final int MAX_WAITING = 1_000;
  private static final int MAX_MESSAGE = 1_000;

  /** At most five a second, whatever appears: Events are for people. */
  private static final Duration APART = Duration.ofMillis(200);

  private static final Duration LAST_WITHIN = Duration.ofSeconds(1);

  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final long SAY_SO_EVERY = Duration.ofMinutes(1).toNanos();

  /** True of every new Service for a moment, or told by Kubernetes itself in an Event. */
  private static final Set<Reason> NOT_TOLD =
      EnumSet.of(
          Reason.SERVICE_WITHOUT_SLICES, Reason.AUTO_WITHOUT_HINTS, Reason.ONLY_OTHER_FAMILY);

  private final ApiClient api;
  private final FairQueue<ObjectEvent> waiting =
      new FairQueue<>(ObjectEvents::namespace, MAX_WAITING);
  private final OwnerThread thread = OwnerThread.virtual("events", this::run);

  // Owner: the thread "events".
  private long nextSaying = System.nanoTime();

  /** Begins to write; closing it does not close the client. */
  public ObjectEvents(ApiClient api) {
    this.api = api;
    thread.start();
  }

  /** Begins to write; closing it does not close the access. */
  public static ObjectEvents start(KubernetesAccess access) {
    return new ObjectEvents(access.api());
  }

  @Override
  public void appeared(List<Finding> findings) {
    SortedMap<String, Integer> untold = new TreeMap<>();
    findings.stream()
        .filter(ObjectEvents::isTold)
        .flatMap(finding -> event(finding).stream())
        .forEach(event ->
            waiting
                .add(event)
                .ifPresent(dropped -> untold.merge(namespace(dropped), 1, Integer::sum)));
    if (!untold.isEmpty()) {
      LOG.warn(
          "{} findings get no Event, in {} Namespaces, most in {}: too many wait"
              + " already; the log has them all",
          untold.values().stream().mapToInt(Integer::intValue).sum(),
          untold.size(),
          Collections.max(untold.entrySet(), Map.Entry.comparingByValue()).getKey());
    }
  }

  /** Empty when it is about another object. */
  private static Optional<ObjectEvent> event(Finding finding) {
    return finding.object() instanceof ObjectKey object && OF_THESE.contains(object.kind())
        ? Optional.of(
            new ObjectEvent(
                object, ObjectEvent.Kind.Warning, finding.reason().name(), finding.message(), ""))
        : Optional.empty();
  }

  @Override
  public void tell(ObjectEvent event) {
    waiting
        .add(event)
        .ifPresent(dropped -> LOG.debug("too many Events wait; dropped: {}", dropped));
  }

  private static boolean isTold(Finding finding) {
    return finding.severity() != Severity.INFO && !NOT_TOLD.contains(finding.reason());
  }

  private void run() throws InterruptedException {
    while (!thread.stops()) {
      write(waiting.take());
      Thread.sleep(APART);
    }
  }

  private void write(ObjectEvent event) throws InterruptedException {
    ObjectKind kind = event.object().kind();
    String within = kind.namespaced() ? "/namespaces/" + namespace(event) : "";
    try {
      byte[] answer =
          api.get(
              kind.groupPath() + within + "/" + kind.plural() + "/" + event.object().name().name());
      JsonNode object = JSON.readTree(answer);
      ExpectedKind.object(kind).require(object);
      post(event, object.path("metadata"));
    } catch (ApiFailure e) {
      if (isAway(e)) {
        waiting.add(event);
        Thread.sleep(AWAY);
      }
      say(event, e);
    } catch (RuntimeException e) {
      LOG.warn("cannot write an Event about {}", event.object(), e);
    }
  }

  /** What refuses it may be the Namespace's own, such as a webhook: the others do not wait. */
  private void post(ObjectEvent event, JsonNode object) throws InterruptedException {
    try {
      api.post("/api/v1/namespaces/" + namespace(event) + "/events", event(event, object));
    } catch (ApiFailure e) {
      if (isAway(e)) {
        waiting.add(event);
        waiting.pause(namespace(event), AWAY);
      }
      say(event, e);
    }
  }

  private static boolean isAway(ApiFailure failure) {
    return failure.status() == 0 || failure.status() == 429 || failure.status() >= 500;
  }

  /** Gone meanwhile, or told already by another replica: fine. Anything else is said at times. */
  private void say(ObjectEvent event, ApiFailure failure) {
    boolean fine = failure.status() == 404 || failure.status() == 409;
    if (!fine && System.nanoTime() - nextSaying >= 0) {
      nextSaying = System.nanoTime() + SAY_SO_EVERY;
      LOG.warn("no Event about {}: the API server {}", event.object(), failure.getMessage());
    }
  }

  /** Returns the Namespace that the Event is written into. */
  private static String namespace(ObjectEvent event) {
    String ofObject = event.object().name().namespace();
    return ofObject.isEmpty() ? CLUSTER_EVENTS : ofObject;
  }

  private static String event(ObjectEvent told, JsonNode object) {
    String uid = object.path("uid").asString("");
    String content = uid + "/" + told.reason() + "/" + told.message() + told.occasion();
    String hash =
        Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 16);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String name = object.path("name").asString("");
    ObjectNode event = JSON.createObjectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("namespace", namespace(told)).put("name", name + "." + hash);
    ObjectNode involved = event.putObject("involvedObject");
    involved
        .put("apiVersion", told.object().kind().apiVersion())
        .put("kind", told.object().kind().label())
        .put("name", name)
        .put("uid", uid);
    if (told.object().kind().namespaced()) {
      involved.put("namespace", namespace(told));
    }
    event.putObject("source").put("component", "topology-xds");
    event
        .put("reportingComponent", "topology-xds")
        .put("type", told.kind().name())
        .put("reason", told.reason())
        .put("message", Finding.quote(told.message(), MAX_MESSAGE))
        .put("firstTimestamp", now)
        .put("lastTimestamp", now)
        .put("count", 1);
    return JSON.writeValueAsString(event);
  }

  @Override
  public void close() {
    thread.interrupt();
    // Else it would say that it cannot write, with the access being closed.
    if (!thread.ends(LAST_WITHIN)) {
      LOG.debug("an Event is still being written");
    }
  }
}
