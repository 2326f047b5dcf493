package io.github.topologyxds.cli;

import io.github.topologyxds.explain.report.ExplanationText.Detail;
import io.github.topologyxds.explain.report.TextTable;
import io.github.topologyxds.model.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who is connected, as a table for people; made of the API's items. */
final class ProxyTable {
  private static final List<String> TYPES = List.of("cds", "eds", "lds", "rds");
  private static final int MAX_NOTE = 120;

  private final Detail detail;
  private final Instant now;

  ProxyTable(Detail detail, Instant now) {
    this.detail = detail;
    this.now = now;
  }

  /** Returns a line for each, of which there is at least one, and a last one that counts them. */
  String of(List<JsonNode> clients) {
    TextTable table = new TextTable(header(clients));
    clients.forEach(client -> table.row(row(client)));
    return table.text() + summary(clients) + "\n";
  }

  private String[] header(List<JsonNode> clients) {
    List<String> header =
        new ArrayList<>(List.of("PROXY", "NODE", "ZONE", "ZONE FROM", "STATE", "LAST ACK", "ADS"));
    if (joined(clients)) {
      header.add("REPLICA");
    }
    if (detail == Detail.WIDE) {
      header.addAll(
          List.of("IDENTITY", "KIND", "VERSION", "PEER", "AGE", "CDS", "EDS", "LDS", "RDS"));
    }
    header.add("NOTE");
    return header.toArray(String[]::new);
  }

  /** Whether they are of several replicas. */
  private static boolean joined(List<JsonNode> clients) {
    return clients.getFirst().has("replica");
  }

  private String[] row(JsonNode client) {
    List<String> row =
        new ArrayList<>(
            List.of(
                text(client, "id"),
                text(client, "node"),
                text(client, "zone"),
                zoneFrom(client),
                text(client, "state"),
                lastAck(client),
                text(client, "protocol")));
    if (client.has("replica")) {
      row.add(text(client, "replica"));
    }
    if (detail == Detail.WIDE) {
      row.add(text(client, "identity"));
      row.add(text(client, "kind"));
      row.add(text(client, "userAgentVersion"));
      row.add(text(client, "peer"));
      row.add(age(client.path("since").asString("")));
      TYPES.forEach(type -> row.add(type(client.path("types").path(type))));
    }
    row.add(Finding.quote(note(client), MAX_NOTE));
    return row.toArray(String[]::new);
  }

  private static String zoneFrom(JsonNode client) {
    return Map.of("NODE_LABEL", "Node label", "BOOTSTRAP", "bootstrap", "NOWHERE", "nowhere")
        .getOrDefault(text(client, "zoneSource"), "");
  }

  /** The state, and of how many names. */
  private static String type(JsonNode type) {
    String state = text(type, "state");
    return state.equals("notAsked") ? "" : state + " " + type.path("names").asInt();
  }

  private String lastAck(JsonNode client) {
    return TYPES.stream()
        .map(type -> client.path("types").path(type).path("accepted").path("time").asString(""))
        .filter(time -> !time.isEmpty())
        .map(Instant::parse)
        .max(Instant::compareTo)
        .map(time -> Age.of(time, now))
        .orElse("");
  }

  private String age(String time) {
    return time.isEmpty() ? "" : Age.of(Instant.parse(time), now);
  }

  /** What a reader would ask next. */
  private String note(JsonNode client) {
    List<String> notes = new ArrayList<>();
    for (String label : TYPES) {
      JsonNode type = client.path("types").path(label);
      String name = label.toUpperCase(Locale.ROOT);
      switch (text(type, "state")) {
        case "waiting" ->
            notes.add(
                name
                    + (text(type, "waitsFor").equals("answer") ? " sent, no ACK" : " due, not sent")
                    + " for "
                    + age(type.path("stateSince").asString("")));
        case "refused" -> {
          List<String> names = new ArrayList<>();
          type.path("quarantined").forEach(quarantined -> names.add(quarantined.asString("")));
          notes.add(
              name
                  + (names.size() == 1 ? " " + names.getFirst() : "")
                  + ": "
                  + type.path("refused").path("error").asString(""));
        }
        default -> {}
      }
    }
    if (!text(client, "node").isEmpty() && !client.path("nodeKnown").asBoolean()) {
      String meant = text(client, "nodeSuggestion");
      notes.add("nobody knows its Node" + (meant.isEmpty() ? "" : ": did you mean " + meant + "?"));
    }
    return String.join("; ", notes);
  }

  private static String summary(List<JsonNode> clients) {
    long waiting = count(clients, "state", "waiting");
    long refused = count(clients, "state", "refused");
    long nowhere = count(clients, "zoneSource", "NOWHERE");
    return clients.size()
        + (clients.size() == 1 ? " proxy: " : " proxies: ")
        + (clients.size() - waiting - refused)
        + " well, "
        + waiting
        + " waiting, "
        + refused
        + " refused; "
        + nowhere
        + " without a zone";
  }

  private static long count(List<JsonNode> clients, String field, String value) {
    return clients.stream().filter(client -> text(client, field).equals(value)).count();
  }

  private static String text(JsonNode json, String field) {
    return Finding.quote(json.path(field).asString(""));
  }
}
