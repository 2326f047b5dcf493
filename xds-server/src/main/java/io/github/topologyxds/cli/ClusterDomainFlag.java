package io.github.topologyxds.cli;

import io.github.topologyxds.serve.ServeSettings;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The cluster's DNS domain becomes part of Envoy's domains: a `*` in it would match everything. */
final class ClusterDomainFlag {
  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

  @Option(
      names = "--cluster-domain",
      converter = Domain.class,
      defaultValue = ServeSettings.DEFAULT_CLUSTER_DOMAIN,
      paramLabel = "D",
      description = "Domain of the cluster's DNS (default: ${DEFAULT-VALUE}).")
  private String domain = ServeSettings.DEFAULT_CLUSTER_DOMAIN;

  String domain() {
    return domain;
  }

  static final class Domain implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.length() > 253 || !DNS_SUBDOMAIN.matcher(text).matches()) {
        throw new TypeConversionException("'" + text + "' is no DNS domain");
      }
      return text;
    }
  }
}
