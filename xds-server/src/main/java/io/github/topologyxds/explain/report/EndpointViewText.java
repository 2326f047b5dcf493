package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.EndpointView;
import io.github.topologyxds.explain.report.ExplanationText.Detail;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the endpoints of a Service for people: a column for the clients of each place. */
public final class EndpointViewText {
  private final Detail detail;

  /** Writes so much. */
  public EndpointViewText(Detail detail) {
    this.detail = detail;
  }

  /** Returns the text, one paragraph for each port, each line ended by a line feed. */
  public String write(List<EndpointView> views) {
    return String.join("\n", views.stream().map(this::port).toList());
  }

  private String port(EndpointView view) {
    String text = view.cluster() + "   (tier: share of the requests from there)\n";
    text += view.endpoints().isEmpty() ? "no endpoint takes part\n" : table(view);
    return text + ExplanationText.leftOut(view.leftOut());
  }

  private String table(EndpointView view) {
    List<String> header = new ArrayList<>(List.of("ENDPOINT", "ZONE", "NODE", "STATE", "HINT"));
    if (detail == Detail.WIDE) {
      header.add("SLICE");
    }
    view.places().forEach(place -> header.add("FROM " + Finding.quote(place)));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (EndpointView.Row row : view.endpoints()) {
      ExplainedEndpoint any = row.any();
      List<String> cells =
          new ArrayList<>(
              List.of(
                  any.address().toString(),
                  any.zone(),
                  Finding.quote(any.node()),
                  any.endpoint().condition().name().toLowerCase(Locale.ROOT),
                  ExplanationText.hint(any)));
      if (detail == Detail.WIDE) {
        cells.add(any.slice().toString());
      }
      for (String place : view.places()) {
        ExplainedEndpoint there = row.byPlace().get(place);
        cells.add(there == null ? "" : there.tier() + ": " + Percent.of(there.share()));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.text();
  }
}
