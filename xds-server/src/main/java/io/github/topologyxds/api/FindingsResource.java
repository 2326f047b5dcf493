package io.github.topologyxds.api;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.state.FindingJson;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** {@code findings}: what is odd about objects, endpoints and files now. */
final class FindingsResource implements Resource {
  private static final Filter<Finding> FILTER =
      new Filter<Finding>()
          .by("reason", finding -> finding.reason().name())
          .by("severity", FindingsResource::severity)
          .by("object", finding -> finding.object().toString());

  private final Supplier<List<Finding>> findings;

  FindingsResource(Supplier<List<Finding>> findings) {
    this.findings = findings;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<Finding> sorted =
        FILTER.apply(request, findings.get()).stream()
            .sorted(Comparator.comparing(FindingsResource::key))
            .toList();
    return new Listing<>(sorted, FindingsResource::key).page(request, FindingJson::of);
  }

  private static String key(Finding finding) {
    return String.join(
        "\n",
        finding.object().toString(),
        finding.reason().name(),
        finding.endpoint(),
        finding.message());
  }

  private static String severity(Finding finding) {
    return finding.severity().name();
  }
}
