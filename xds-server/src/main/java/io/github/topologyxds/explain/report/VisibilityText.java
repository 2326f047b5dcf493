package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.model.finding.Finding;

/** Says whose clients see a Service, and whether the one that is asked about does. */
final class VisibilityText {
  private VisibilityText() {}

  static String of(ServiceExplanation explanation) {
    String text = explanation.service() + " is " + explanation.visibility().text() + "\n";
    return explanation.isHidden()
        ? text
            + "hidden: the client is of "
            + explanation
                .client()
                .visibleFrom()
                .filter(namespace -> !namespace.isEmpty())
                .map(namespace -> "namespace " + Finding.quote(namespace))
                .orElse("no namespace that is known")
            + " and gets nothing of the Service, as if there were none\n"
        : text;
  }
}
