package io.github.topologyxds.demand;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.LabelValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a replica tells of the demand, as the text of an annotation: JSON with the names of the
 * zones once, and for all that is counted {@code [since, count, ..]}, a count for each zone.
 */
final class DemandText {
  /** Bytes: with the annotation's name, and with what others put there, it stays in 64 KiB. */
  static final int MAX_LENGTH = 63 * 1024;

  private static final int MAX_ZONES = 256;

  /** Sums of all replicas fit a long many times. */
  private static final long MAX_COUNT = 1_000_000_000_000L;

  /** 9999-12-31: of what people read the year has four digits. */
  private static final long LATEST = 253_402_300_799L;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DemandText() {}

  /**
   * Writes as much as fits.
   *
   * @param earlier what stands there now
   */
  static String write(ReplicaDemand demand, ReplicaDemand earlier) {
    TopServices top = new TopServices(demand, earlier);
    int fits = 0;
    int tooMany = TopServices.MAX_SERVICES + 1;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) / 2;
      boolean isShort =
          text(top.first(middle)).getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
      fits = isShort ? middle : fits;
      tooMany = isShort ? tooMany : middle;
    }
    return text(top.first(fits));
  }

  private static String text(ReplicaDemand demand) {
    SortedSet<String> zones = new TreeSet<>();
    zones.addAll(demand.clients().any().byZone().keySet());
    zones.addAll(demand.clients().choosing().byZone().keySet());
    demand.users().values().forEach(counts -> zones.addAll(counts.byZone().keySet()));
    demand.requests().values().forEach(counts -> zones.addAll(counts.byZone().keySet()));
    ObjectNode root = JSON.createObjectNode();
    ArrayNode names = root.putArray("zones");
    zones.forEach(names::add);
    put(root.putArray("any"), demand.clients().any(), zones);
    put(root.putArray("choosing"), demand.clients().choosing(), zones);
    ObjectNode users = root.putObject("users");
    demand
        .users()
        .forEach((service, counts) -> put(users.putArray(service.toString()), counts, zones));
    ObjectNode requests = root.putObject("requests");
    demand
        .requests()
        .forEach((service, counts) -> put(requests.putArray(service.toString()), counts, zones));
    return JSON.writeValueAsString(root);
  }

  private static void put(ArrayNode node, ZoneCounts counts, SortedSet<String> zones) {
    if (!counts.isNone()) {
      node.add(counts.since());
      zones.forEach(zone -> node.add(counts.byZone().getOrDefault(zone, 0L)));
    }
  }

  /** Reads a text of whomever; what is no such text, or too long, tells nothing. */
  static ReplicaDemand read(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return ReplicaDemand.NONE;
    }
    try {
      JsonNode root = JSON.readTree(text);
      List<String> zones = new ArrayList<>();
      root.path("zones").forEach(zone -> zones.add(zone.asString("")));
      return zones.size() > MAX_ZONES
          ? ReplicaDemand.NONE
          : new ReplicaDemand(
              new ClientCounts(
                  counts(root.path("any"), zones), counts(root.path("choosing"), zones)),
              services(root.path("users"), zones),
              services(root.path("requests"), zones));
    } catch (JacksonException e) {
      return ReplicaDemand.NONE;
    }
  }

  private static SortedMap<ObjectName, ZoneCounts> services(JsonNode node, List<String> zones) {
    SortedMap<ObjectName, ZoneCounts> services = new TreeMap<>();
    for (var service : node.properties()) {
      ZoneCounts counts = counts(service.getValue(), zones);
      if (!counts.isNone() && services.size() < TopServices.MAX_SERVICES) {
        ObjectName.parse(service.getKey()).ifPresent(name -> services.put(name, counts));
      }
    }
    return services;
  }

  private static ZoneCounts counts(JsonNode node, List<String> zones) {
    SortedMap<String, Long> byZone = new TreeMap<>();
    for (int zone = 0; zone < zones.size(); zone++) {
      long count = Math.min(MAX_COUNT, node.path(zone + 1).asLong(0));
      if (count > 0 && LabelValue.isValid(zones.get(zone))) {
        byZone.put(zones.get(zone), count);
      }
    }
    return byZone.isEmpty()
        ? ZoneCounts.NONE
        : new ZoneCounts(byZone, Math.clamp(node.path(0).asLong(0), 0, LATEST));
  }
}
