package io.github.topologyxds.cli.flags;

import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.explanation.WhatIfText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --what-if}: changes that have not happened. */
public final class WhatIfFlag {
  @Option(
      names = "--what-if",
      converter = Change.class,
      split = ",",
      paramLabel = "CHANGE,..",
      description =
          "Changes that have not happened: zone-down=Z, node-down=N, endpoint-not-ready=IP,"
              + " endpoint-ready=IP, endpoint-added=IP@NODE, preference=P, not-ready=N,"
              + " failover=F, spill-below=P%%, balance=B, overload-threshold=P%%,"
              + " trafficDistribution=T, internalTrafficPolicy=P.")
  private List<WhatIf> changes = List.of();

  /** Returns what is assumed, in the order given. */
  public List<WhatIf> changes() {
    return changes;
  }

  /** Returns them as the API's parameters; none where there are no changes. */
  public Map<String, String> parameters() {
    return changes.isEmpty()
        ? Map.of()
        : Map.of(
            "what-if", changes.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  static final class Change implements ITypeConverter<WhatIf> {
    @Override
    public WhatIf convert(String text) {
      try {
        return WhatIfText.change(text.strip());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
