package io.github.topologyxds.api;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.state.FindingRecorder;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code findings}: what is odd about objects, endpoints and files now. */
final class FindingsResource implements Resource {
  private static final Filter<Finding> FILTER =
      new Filter<Finding>()
          .by("reason", finding -> finding.reason().name())
          .by("severity", FindingsResource::severity)
          .by("object", Finding::object);

  private final FindingRecorder findings;

  FindingsResource(FindingRecorder findings) {
    this.findings = findings;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<Finding> sorted =
        FILTER.apply(request, findings.standing()).stream()
            .sorted(Comparator.comparing(FindingsResource::key))
            .toList();
    return new Listing<>(sorted, FindingsResource::key).page(request, FindingsResource::json);
  }

  private static String key(Finding finding) {
    return String.join(
        "\n", finding.object(), finding.reason().name(), finding.endpoint(), finding.message());
  }

  private static String severity(Finding finding) {
    return finding.severity().name();
  }

  private static ObjectNode json(Finding finding) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reason", finding.reason().name());
    json.put("severity", severity(finding));
    json.put("object", finding.object());
    if (!finding.endpoint().isEmpty()) {
      json.put("endpoint", finding.endpoint());
    }
    json.put("message", finding.message());
    return json;
  }
}
