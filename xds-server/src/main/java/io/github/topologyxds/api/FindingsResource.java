package io.github.topologyxds.api;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.state.findings.FindingJson;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code findings}: what is odd about objects, endpoints and files now. */
final class FindingsResource implements Resource {
  private static final List<Severity> WORST_FIRST =
      List.of(Severity.ERROR, Severity.WARNING, Severity.INFO);

  private static final Filter<Finding> FILTER =
      new Filter<Finding>()
          .by("reason", finding -> finding.reason().name())
          .by("severity", FindingsResource::severity)
          .by("object", finding -> finding.object().toString())
          .other("sort");

  private final Supplier<List<Finding>> findings;

  FindingsResource(Supplier<List<Finding>> findings) {
    this.findings = findings;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    List<Finding> all = findings.get();
    Function<Finding, String> key = key(request.parameter("sort").orElse("object"));
    ObjectNode page =
        Listing.of(FILTER.apply(request, all), key)
            .page(request, Listing.ItemWriter.trees(FindingJson::of));
    ObjectNode severities = page.putObject("severities");
    for (Severity severity : WORST_FIRST) {
      severities.put(severity.name(), all.stream().filter(f -> f.severity() == severity).count());
    }
    return page;
  }

  private static Function<Finding, String> key(String sort) {
    return switch (sort) {
      case "object" -> FindingsResource::key;
      case "severity" -> finding -> WORST_FIRST.indexOf(finding.severity()) + key(finding);
      default ->
          throw new ApiFailure(
              ApiFailure.Kind.INVALID, "sort '" + sort + "' is neither object nor severity");
    };
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
