package io.github.topologyxds.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The cluster's DNS domain becomes part of Envoy's domains: a `*` in it would match everything. */
final class ClusterDomain {
  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

  private ClusterDomain() {}

  static String check(CommandSpec spec, String domain) {
    if (domain.length() > 253 || !DNS_SUBDOMAIN.matcher(domain).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--cluster-domain': '" + domain + "' is no DNS domain");
    }
    return domain;
  }
}
