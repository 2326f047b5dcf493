package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.kubernetes.ApiLimits;
import io.github.topologyxds.kubernetes.events.ObjectEvents;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ResourceVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What would otherwise be silent, and must not be said again and again. */
class SaidOnceTest {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final ApiLimits LIMITS = new ApiLimits(LONG, LONG, LONG, LONG, LONG);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.topologyxds");

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aNamespaceThatIsNotThere() throws Exception {
    String answer =
        "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":"
            + "[{\"metadata\":{\"name\":\"pay\"}},{\"metadata\":{\"name\":\"shop\"}}]}";
    try (ScriptedApi api = new ScriptedApi((request, out) -> ScriptedApi.json(out, 200, answer))) {
      MissingNamespace missing = new MissingNamespace(api.client(LIMITS));
      missing.tell(none(""));
      assertThat(said()).as("the whole cluster is followed").isEmpty();
      missing.tell(none("shp"));
      missing.tell(none("shp"));
      assertThat(said())
          .containsExactly(
              "--namespaces: there is no Namespace \"shp\" (yet); there are: pay, shop. It is"
                  + " served once it exists");
    }
  }

  @Test
  void findingsForWhichThereIsNoRoom() throws Exception {
    List<Finding> findings =
        IntStream.range(0, 1_500)
            .mapToObj(i ->
                Finding.of(
                    Reason.PREFERENCE_INVALID,
                    ObjectKey.service(new ObjectName("shop", "s" + i)),
                    "x"))
            .toList();
    try (ScriptedApi api = new ScriptedApi((request, out) -> ScriptedApi.begin(out));
        ObjectEvents events = new ObjectEvents(api.client(LIMITS))) {
      events.appeared(findings);
      assertThat(said())
          .singleElement()
          .asString()
          .matches(
              "(499|500) findings get no Event, in 1 Namespaces, most in shop: too"
                  + " many wait already; .*");
    }
  }

  /** What refuses them may be that Namespace's own: a webhook of its own, or its quota. */
  @Test
  void aNamespaceWhoseEventsAreRefusedHoldsUpNoOther() throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      findings.add(
          Finding.of(
              Reason.PREFERENCE_INVALID, ObjectKey.service(new ObjectName("loud", "s" + i)), "x"));
    }
    findings.add(
        Finding.of(
            Reason.PREFERENCE_INVALID, ObjectKey.service(new ObjectName("quiet", "s")), "x"));
    CountDownLatch told = new CountDownLatch(1);
    ScriptedApi.Script script =
        (request, out) -> {
          if (request.startsWith("GET")) {
            ScriptedApi.json(out, 200, "{\"kind\":\"Service\",\"metadata\":{\"uid\":\"u\"}}");
          } else if (request.contains("/namespaces/quiet/")) {
            told.countDown();
            ScriptedApi.json(out, 201, "{}");
          } else {
            ScriptedApi.json(out, 500, "{\"message\":\"failed calling webhook\"}");
          }
        };
    try (ScriptedApi api = new ScriptedApi(script);
        ObjectEvents events = new ObjectEvents(api.client(LIMITS))) {
      events.appeared(findings);
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(api.requests()).as("two for each of the two").hasSize(4);
    }
  }

  /** A ZonalShift has no Namespace: kubectl looks for its Events in default. */
  @Test
  void aZonalShiftThatIsRefused() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    ScriptedApi.Script script =
        (request, out) -> {
          if (request.startsWith("GET")) {
            ScriptedApi.json(
                out,
                200,
                "{\"kind\":\"ZonalShift\",\"apiVersion\":\"topology-xds.io/v1alpha1\","
                    + "\"metadata\":{\"name\":\"zone-b\",\"uid\":\"u\"}}");
          } else {
            ScriptedApi.json(out, 201, "{}");
            told.countDown();
          }
        };
    try (ScriptedApi api = new ScriptedApi(script);
        ObjectEvents events = new ObjectEvents(api.client(LIMITS))) {
      ObjectKey shift = new ObjectKey(ObjectKind.ZONAL_SHIFT, new ObjectName("", "zone-b"));
      events.appeared(List.of(Finding.of(Reason.ZONAL_SHIFT_REFUSED, shift, "no zone is left")));
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(api.requests())
          .extracting(request -> request.replaceAll(" HTTP/1.1(?s).*", ""))
          .containsExactly(
              "GET /apis/topology-xds.io/v1alpha1/zonalshifts/zone-b",
              "POST /api/v1/namespaces/default/events");
    }
  }

  /** A Namespace that was asked for by name and is not there. */
  private static Observation.Listed none(String namespace) {
    return new Observation.Listed(
        new Feed(WatchedKind.NAMESPACE, namespace), ResourceVersion.NONE, List.of());
  }
}
