package io.github.topologyxds.api;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.state.FindingRecorder;
import java.util.Locale;
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
    return new Listing<>(FILTER.apply(request, findings.standing()), FindingsResource::key)
        .page(request, FindingsResource::json);
  }

  /** Sorted as the findings are. */
  private static String key(Finding finding) {
    return String.join(
        "\n",
        finding.object(),
        String.format(Locale.ROOT, "%03d", finding.reason().ordinal()),
        finding.endpoint(),
        finding.message());
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
