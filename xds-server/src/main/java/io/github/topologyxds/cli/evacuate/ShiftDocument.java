package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.shifts.ZonalShift;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A ZonalShift as the API and files have it. */
final class ShiftDocument {
  private static final JsonMapper JSON = new JsonMapper();

  private ShiftDocument() {}

  /** Returns the name of the object that empties a zone: zones are label values, names are DNS. */
  static String name(String zone) {
    return zone.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ObjectNode json(ZonalShift shift) {
    ObjectNode object =
        JSON.createObjectNode()
            .put("apiVersion", "topology-xds.io/v1alpha1")
            .put("kind", "ZonalShift");
    object.putObject("metadata").put("name", shift.name());
    write(shift, object.putObject("spec"));
    return object;
  }

  /** Puts what is asked for into the spec of an object that may be there already. */
  static void write(ZonalShift shift, ObjectNode spec) {
    spec.put("awayFrom", shift.awayFrom())
        .put("expireAt", shift.expireAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("mode", shift.mode().label())
        .put("returnOver", text(shift.returnOver()));
    if (!shift.comment().isEmpty()) {
      spec.put("comment", shift.comment());
    }
  }

  /** Returns a document of YAML; texts are quoted as in JSON. */
  static String yaml(ZonalShift shift) {
    StringBuilder yaml =
        new StringBuilder("apiVersion: topology-xds.io/v1alpha1\nkind: ZonalShift\nmetadata:\n");
    ObjectNode json = json(shift);
    yaml.append("  name: ").append(json.path("metadata").path("name")).append("\nspec:\n");
    json.path("spec")
        .properties()
        .forEach(field ->
            yaml.append("  ")
                .append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append('\n'));
    return yaml.toString();
  }

  private static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
