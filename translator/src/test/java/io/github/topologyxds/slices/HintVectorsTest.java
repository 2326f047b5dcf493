package io.github.topologyxds.slices;

import static io.github.topologyxds.slices.HintVector.list;
import static io.github.topologyxds.slices.HintVector.map;
import static io.github.topologyxds.slices.HintVector.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.Hints;
import io.github.topologyxds.slices.hints.AutoHints;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.hints.OwnPlace;
import io.github.topologyxds.slices.hints.ZoneAllocator;
import io.github.topologyxds.slices.hints.ZoneAllocator.Candidate;
import io.github.topologyxds.slices.hints.ZoneShares;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors that were run against Kubernetes' own code (k8s.io/endpointslice 0.36.3). */
class HintVectorsTest {
  private static final long MINUTE = HintStability.HOLD.toNanos();

  static List<HintVector> allocation() {
    return HintVector.read("topologycache");
  }

  static List<HintVector> trafficDistribution() {
    return HintVector.read("trafficdist");
  }

  @Test
  void shouldHoldEveryVector() {
    assertThat(allocation()).hasSize(23);
    assertThat(trafficDistribution()).hasSize(9);
    assertThat(HintVector.read("reconciler")).hasSize(11);
  }

  /** Events compare as well, once a refusal has been held for its minute. */
  @ParameterizedTest
  @MethodSource("allocation")
  void shouldAllocateAsKubernetesDoes(HintVector vector) {
    ZoneShares shares = ZoneShares.UNKNOWN;
    HintStability stability = HintStability.NEW;
    long now = 0;
    for (Object item : list(vector.data().get("steps"))) {
      Map<String, Object> step = map(item);
      ZoneShares before = shares;
      if (step.containsKey("nodes")) {
        shares = ZoneShares.of(HintVector.nodes(Objects.requireNonNull(step.get("nodes"))));
      }
      if (Boolean.TRUE.equals(step.get("overloaded"))) {
        // Where Kubernetes looks at a Service again, so do we.
        assertThat(shares).isNotEqualTo(before);
      }
      if (step.containsKey("eps")) {
        List<Candidate> slices = slices(step.get("eps"));
        ZoneAllocator.Result result = allocate(shares, slices);
        check(map(step.get("expect")), slices, result);
        HintStability.Step settled = stability.after(result.decision(), now);
        if (settled.hold()) {
          settled = settled.next().after(result.decision(), now + MINUTE);
        }
        checkEvent(map(step.get("expect")), settled.event(), result.decision());
        stability = settled.next();
        now += 4 * MINUTE;
      }
    }
  }

  private static ZoneAllocator.Result allocate(ZoneShares shares, List<Candidate> slices) {
    ZoneAllocator.Result result = ZoneAllocator.allocate(shares, slices);
    assertThat(AutoHints.allocate(shares, slices, AutoHints.Refusal.AT_ONCE)).isEqualTo(result);
    return result;
  }

  private static void check(
      Map<String, Object> expect, List<Candidate> slices, ZoneAllocator.Result result) {
    SortedMap<String, Integer> hints = new TreeMap<>();
    SortedMap<String, Integer> flows = new TreeMap<>();
    for (List<PublishedEndpoint> endpoints : result.endpoints()) {
      for (PublishedEndpoint endpoint : endpoints) {
        for (String zone : endpoint.hints().zones()) {
          hints.merge(zone, 1, Integer::sum);
          flows.merge(endpoint.place().zone() + ">" + zone, 1, Integer::sum);
        }
        assertThat(endpoint.hints().zones().isEmpty() || endpoint.ready()).isTrue();
      }
    }
    assertThat(hints).isEqualTo(HintVector.counts(expect.get("hints")));
    if (expect.containsKey("flows")) {
      assertThat(flows).isEqualTo(HintVector.counts(expect.get("flows")));
    }
    if (expect.containsKey("updated")) {
      assertThat(pulledIn(slices, result)).hasToString(text(expect.get("updated")));
    }
  }

  private static int pulledIn(List<Candidate> slices, ZoneAllocator.Result result) {
    int updated = 0;
    for (int i = 0; i < slices.size(); i++) {
      boolean same = slices.get(i).endpoints().equals(result.endpoints().get(i));
      updated += slices.get(i).changed() || same ? 0 : 1;
    }
    return updated;
  }

  private static void checkEvent(
      Map<String, Object> expect, Optional<HintStability.HintEvent> event, HintDecision decision) {
    String kind = event.map(sent -> sent.kind().name()).orElse("none");
    assertThat(kind).isEqualTo(text(expect.get("event")));
    if (expect.containsKey("message")) {
      assertThat(event)
          .hasValueSatisfying(sent -> assertThat(sent.message()).isEqualTo(expect.get("message")));
    }
    String decided =
        switch (decision) {
          case HintDecision.Allocated allocated -> "Allocated";
          case HintDecision.Refused refused -> refused.reason().name();
          case HintDecision.NotAsked other -> other.toString();
          case HintDecision.OwnPlace other -> other.toString();
          case HintDecision.LikeOthers other -> other.toString();
          case HintDecision.Held other -> other.toString();
        };
    assertThat(decided).isEqualTo(expect.get("decision"));
  }

  private static List<Candidate> slices(@Nullable Object eps) {
    Map<String, List<PublishedEndpoint>> byKind = new TreeMap<>();
    for (Object item : list(eps)) {
      Map<String, Object> written = map(item);
      String kind = written.containsKey("in") ? text(written.get("in")) : "create";
      byKind.computeIfAbsent(kind, k -> new ArrayList<>()).addAll(HintVector.endpoints(written));
    }
    List<Candidate> slices = new ArrayList<>();
    byKind.forEach(
        (kind, endpoints) -> slices.add(new Candidate(endpoints, !kind.equals("unchanged"))));
    return slices;
  }

  @ParameterizedTest
  @MethodSource("trafficDistribution")
  void shouldHintForTheOwnPlaceAsKubernetesDoes(HintVector vector) {
    List<PublishedEndpoint> have = new ArrayList<>();
    for (Object item : list(vector.data().get("eps"))) {
      Map<String, Object> written = map(item);
      Object ready = written.getOrDefault("ready", true);
      have.add(
          HintVector.endpoint(
              written,
              ready == null ? null : Boolean.valueOf(ready.toString()),
              written.get("fz")));
    }
    List<PublishedEndpoint> got =
        have.stream()
            .map(endpoint ->
                switch (text(vector.data().get("td"))) {
                  case "PreferClose", "PreferSameZone" -> OwnPlace.ZONE.hint(endpoint);
                  case "PreferSameNode" -> OwnPlace.ZONE_AND_NODE.hint(endpoint);
                  default -> endpoint.with(Hints.NONE);
                })
            .toList();
    List<Hints> want = new ArrayList<>();
    for (Object item : list(vector.data().get("want"))) {
      List<Object> pair = list(item);
      want.add(
          pair.isEmpty()
              ? Hints.NONE
              : new Hints(HintVector.names(pair.getFirst()), HintVector.names(pair.getLast())));
    }
    assertThat(got).extracting(PublishedEndpoint::hints).isEqualTo(want);
    assertThat(!got.equals(have)).isEqualTo(vector.data().get("changed"));
  }
}
