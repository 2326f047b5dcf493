package io.github.topologyxds.explanation;

import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.EditDistance;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.OverloadThreshold;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.SpillBelow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code zone-down=zone-a,endpoint-added=10.0.9.9@node-b1}: changes, in their order. */
public final class WhatIfText {
  /** What may be written, as help and messages list it. */
  public static final List<String> KEYS =
      List.of(
          "zone-down",
          "node-down",
          "endpoint-not-ready",
          "endpoint-ready",
          "endpoint-added",
          "preference",
          "not-ready",
          "failover",
          "spill-below",
          "balance",
          "overload-threshold",
          "trafficDistribution",
          "internalTrafficPolicy");

  private static final String NOTHING = "none";

  private WhatIfText() {}

  /**
   * Reads changes, separated by commas.
   *
   * @throws IllegalArgumentException when one is not understood; the message is for users
   */
  public static List<WhatIf> parse(String text) {
    List<WhatIf> changes = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      if (!one.isBlank()) {
        changes.add(change(one.strip()));
      }
    }
    return changes;
  }

  /**
   * Reads one change.
   *
   * @throws IllegalArgumentException when it is not understood; the message is for users
   */
  public static WhatIf change(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? "" : text.substring(equals + 1);
    if (!KEYS.contains(key) && !key.equals("down")) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(text) + "' is no KEY=VALUE with a KEY of " + meant(key, KEYS));
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(text) + "' says no value: " + key + "=...");
    }
    return switch (key) {
      case "down", "zone-down" -> new WhatIf.ZoneDown(value);
      case "node-down" -> new WhatIf.NodeDown(value);
      case "endpoint-not-ready" -> new WhatIf.EndpointNotReady(value);
      case "endpoint-ready" -> new WhatIf.EndpointReady(value);
      case "endpoint-added" -> added(value);
      case "preference" ->
          new WhatIf.Preferring(
              one(value, Stream.of(Preference.values()).map(Preference::label).toList()));
      case "not-ready" ->
          new WhatIf.HandlingNotReady(
              one(value, Stream.of(NotReady.values()).map(NotReady::label).toList()));
      case "failover" ->
          new WhatIf.Spreading(
              SpreadAnnotation.FAILOVER,
              one(value, Stream.of(Failover.values()).map(Failover::label).toList()));
      case "spill-below" -> spillBelow(value);
      case "balance" ->
          new WhatIf.Spreading(
              SpreadAnnotation.BALANCE,
              one(value, Stream.of(Balance.values()).map(Balance::label).toList()));
      case "overload-threshold" -> overloadThreshold(value);
      case "trafficDistribution" -> new WhatIf.Distributing(distribution(value));
      default ->
          new WhatIf.LocalOnly(
              one(value, List.of("Local", "Cluster")).equals("Local")
                  ? WhatIf.LocalOnly.Policy.LOCAL
                  : WhatIf.LocalOnly.Policy.CLUSTER);
    };
  }

  private static WhatIf spillBelow(String value) {
    if (SpillBelow.parse(value).isEmpty()) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(value) + "' is no share of 1% to 100% (as 50%)");
    }
    return new WhatIf.Spreading(SpreadAnnotation.SPILL_BELOW, value);
  }

  private static WhatIf overloadThreshold(String value) {
    if (OverloadThreshold.parse(value).isEmpty()) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(value) + "' is no threshold of 0% to 100% (as 20%)");
    }
    return new WhatIf.Spreading(SpreadAnnotation.OVERLOAD_THRESHOLD, value);
  }

  private static WhatIf added(String value) {
    int at = value.indexOf('@');
    if (at < 1 || at == value.length() - 1) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(value) + "' is no IP@NODE or IP@ZONE (as 10.0.9.9@node-b1)");
    }
    return new WhatIf.EndpointAdded(value.substring(0, at), value.substring(at + 1));
  }

  private static TrafficDistribution distribution(String value) {
    return switch (one(
        value, List.of(NOTHING, "PreferSameZone", "PreferClose", "PreferSameNode"))) {
      case "PreferSameNode" -> TrafficDistribution.PREFER_SAME_NODE;
      case NOTHING -> TrafficDistribution.NONE;
      default -> TrafficDistribution.PREFER_SAME_ZONE;
    };
  }

  private static String one(String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          "'" + Finding.quote(value) + "' is none of " + meant(value, allowed));
    }
    return value;
  }

  private static String meant(String written, List<String> allowed) {
    Optional<String> near =
        allowed.stream().filter(name -> EditDistance.isMisspelling(written, name)).findFirst();
    return String.join(", ", allowed) + near.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
