package io.github.topologyxds.slices.hints;

import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hints in proportion to the zones' CPU: topologycache of k8s.io/endpointslice 0.36.3
 * (topologycache.go AddHints, utils.go), in its order of operations and of double arithmetic. Where
 * Kubernetes leaves a tie to the order of a Go map, the lowest name wins. Its gaps are not mended
 * here but in {@code HintStability} and {@link AutoHints}. Lives on one thread's stack.
 */
public final class ZoneAllocator {
  private static final double OVERLOAD_THRESHOLD = 0.2;

  private final ZoneShares shares;
  private final SortedMap<String, Share> allocations = new TreeMap<>();
  private final SortedMap<String, Integer> hinted = new TreeMap<>();

  /** A slice before its hints; an unchanged one keeps its hints if they still fit. */
  public record Candidate(List<PublishedEndpoint> endpoints, boolean changed) {}

  /**
   * What comes out.
   *
   * @param endpoints of each candidate, in the same order, with their hints
   */
  public record Result(HintDecision decision, List<List<PublishedEndpoint>> endpoints) {}

  /** How many endpoints a zone should, must and may have. */
  private record Share(int minimum, int maximum, double desired) {}

  private ZoneAllocator(ZoneShares shares) {
    this.shares = shares;
  }

  /** Allocates zones to the endpoints of all slices by the zones' shares. */
  public static Result allocate(ZoneShares shares, List<Candidate> slices) {
    return new ZoneAllocator(shares).run(slices);
  }

  private Result run(List<Candidate> slices) {
    int ready = 0;
    for (Candidate slice : slices) {
      ready += (int) slice.endpoints().stream().filter(PublishedEndpoint::ready).count();
    }
    Optional<HintDecision.Refused> refusal = share(ready);
    if (refusal.isPresent()) {
      return new Result(refusal.get(), withoutHints(slices));
    }
    List<@Nullable List<PublishedEndpoint>> kept = new ArrayList<>();
    for (Candidate slice : slices) {
      kept.add(!slice.changed() && stillFits(slice) ? slice.endpoints() : null);
    }
    List<List<PublishedEndpoint>> result = new ArrayList<>();
    List<List<PublishedEndpoint>> open = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      List<PublishedEndpoint> asBefore = kept.get(i);
      if (asBefore == null) {
        List<PublishedEndpoint> ownZones = new ArrayList<>(slices.get(i).endpoints());
        if (!hintOwnZones(ownZones)) {
          String message = "One or more endpoints do not have a zone specified";
          return new Result(
              new HintDecision.Refused(Reason.HINTS_ZONE_MISSING, message), withoutHints(slices));
        }
        open.add(ownZones);
        result.add(ownZones);
      } else {
        result.add(asBefore);
      }
    }
    redistribute(open);
    return new Result(new HintDecision.Allocated(), result);
  }

  private Optional<HintDecision.Refused> share(int ready) {
    int zones = shares.ratios().size();
    String counts = " (" + ready + " endpoints, " + zones + " zones)";
    if (!shares.known()) {
      return refused(
          Reason.HINTS_NODES_INSUFFICIENT,
          "Insufficient Node information: allocatable CPU or zone not specified on one or more"
              + " nodes");
    }
    if (zones > ready) {
      return refused(Reason.HINTS_TOO_FEW_ENDPOINTS, "Insufficient number of endpoints" + counts);
    }
    SortedMap<String, Integer> minimums = new TreeMap<>();
    int remaining = ready;
    for (Map.Entry<String, Double> zone : shares.ratios().entrySet()) {
      double desired = zone.getValue() * ready;
      int minimum = (int) Math.ceil(desired * (1 / (1 + OVERLOAD_THRESHOLD)));
      minimums.put(zone.getKey(), minimum);
      remaining -= minimum;
    }
    if (remaining < 0) {
      return refused(
          Reason.HINTS_OVERLOAD,
          "Unable to allocate minimum required endpoints to each zone without exceeding overload"
              + " threshold"
              + counts);
    }
    for (Map.Entry<String, Integer> zone : minimums.entrySet()) {
      int minimum = zone.getValue();
      double desired = shares.ratios().getOrDefault(zone.getKey(), 0.0) * ready;
      allocations.put(
          zone.getKey(), new Share(minimum, minimum + remaining, Math.max(desired, minimum)));
    }
    return Optional.empty();
  }

  private static Optional<HintDecision.Refused> refused(Reason reason, String message) {
    return Optional.of(new HintDecision.Refused(reason, message));
  }

  private static List<List<PublishedEndpoint>> withoutHints(List<Candidate> slices) {
    return slices.stream()
        .map(slice -> slice.endpoints().stream().map(e -> e.with(Hints.NONE)).toList())
        .toList();
  }

  /**
   * Whether an unchanged slice's hints are complete, known and within every zone's maximum; if so
   * they are counted.
   */
  private boolean stillFits(Candidate slice) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (PublishedEndpoint endpoint : slice.endpoints()) {
      if (!endpoint.ready()) {
        continue;
      }
      if (endpoint.hints().zones().isEmpty()) {
        return false;
      }
      for (String zone : endpoint.hints().zones()) {
        if (!allocations.containsKey(zone)) {
          return false;
        }
        counts.merge(zone, 1, Integer::sum);
      }
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      Share share = allocations.get(count.getKey());
      int before = hinted.getOrDefault(count.getKey(), 0);
      if (share == null || before + count.getValue() > share.maximum()) {
        return false;
      }
    }
    counts.forEach((zone, count) -> hinted.merge(zone, count, Integer::sum));
    return true;
  }

  private boolean hintOwnZones(List<PublishedEndpoint> endpoints) {
    for (int i = 0; i < endpoints.size(); i++) {
      PublishedEndpoint endpoint = endpoints.get(i);
      String zone = endpoint.place().zone();
      if (!endpoint.ready()) {
        endpoints.set(i, endpoint.with(Hints.NONE));
      } else if (zone.isEmpty()) {
        return false;
      } else {
        endpoints.set(i, endpoint.forZone(zone));
        hinted.merge(zone, 1, Integer::sum);
      }
    }
    return true;
  }

  private void redistribute(List<List<PublishedEndpoint>> open) {
    SortedMap<String, Integer> giving = new TreeMap<>();
    SortedMap<String, Integer> receiving = new TreeMap<>();
    balance(giving, receiving);
    for (List<PublishedEndpoint> endpoints : open) {
      for (int i = 0; i < endpoints.size() && !receiving.isEmpty(); i++) {
        PublishedEndpoint endpoint = endpoints.get(i);
        if (endpoint.ready() && take(giving, endpoint.place().zone())) {
          String receiver = receiving.firstKey();
          take(receiving, receiver);
          endpoints.set(i, endpoint.forZone(receiver));
        }
      }
    }
  }

  /** Takes one from a zone; false when it has none left. */
  private static boolean take(SortedMap<String, Integer> counts, String zone) {
    int count = counts.getOrDefault(zone, 0);
    if (count > 1) {
      counts.put(zone, count - 1);
    } else {
      counts.remove(zone);
    }
    return count > 0;
  }

  /** Moves one endpoint at a time from the largest surplus to the largest need. */
  private void balance(SortedMap<String, Integer> giving, SortedMap<String, Integer> receiving) {
    SortedMap<String, Double> surplus = new TreeMap<>();
    SortedMap<String, Double> need = new TreeMap<>();
    allocations.forEach((zone, share) -> {
      double count = hinted.getOrDefault(zone, 0);
      if (share.desired() < count) {
        surplus.put(zone, count - share.desired());
      } else if (share.desired() > count) {
        need.put(zone, share.desired() - count);
      }
    });
    while (true) {
      String giver = largest(surplus);
      String receiver = largest(need);
      double give = surplus.getOrDefault(giver, 0.0);
      double take = need.getOrDefault(receiver, 0.0);
      if ((give < 1.0 && take < 1.0) || give < 0.5 || take < 0.5) {
        return;
      }
      giving.merge(giver, 1, Integer::sum);
      receiving.merge(receiver, 1, Integer::sum);
      surplus.merge(giver, -1.0, Double::sum);
      need.merge(receiver, -1.0, Double::sum);
    }
  }

  private static String largest(SortedMap<String, Double> numbers) {
    String largest = "";
    double most = 0;
    for (Map.Entry<String, Double> entry : numbers.entrySet()) {
      if (entry.getValue() > most) {
        largest = entry.getKey();
        most = entry.getValue();
      }
    }
    return largest;
  }
}
