package io.github.topologyxds.cli.flags;

import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.serve.ServeSettings;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The cluster's DNS domain becomes part of Envoy's domains: a `*` in it would match everything. */
public final class ClusterDomainFlag {
  @Option(
      names = "--cluster-domain",
      converter = Domain.class,
      defaultValue = ServeSettings.DEFAULT_CLUSTER_DOMAIN,
      paramLabel = "D",
      description = "Domain of the cluster's DNS (default: ${DEFAULT-VALUE}).")
  private String domain = ServeSettings.DEFAULT_CLUSTER_DOMAIN;

  /** Returns the cluster's DNS domain, without a dot at its ends. */
  public String domain() {
    return domain;
  }

  static final class Domain implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!DnsSubdomain.isValid(text)
          || !Stream.of(text.split("\\.")).allMatch(DnsLabel::isValid)) {
        throw new TypeConversionException("'" + text + "' is no DNS domain");
      }
      return text;
    }
  }
}
