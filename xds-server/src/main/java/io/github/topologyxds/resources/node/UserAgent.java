package io.github.topologyxds.resources.node;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import io.github.topologyxds.model.finding.Finding;

/**
 * What program a client says it is ({@code node.user_agent_name} and its version), cut where it is
 * long.
 *
 * @param name as {@code envoy} or {@code gRPC Java}; "" when it does not say
 * @param version as {@code 1.40.0}; "" when it does not say
 */
public record UserAgent(String name, String version) {
  static UserAgent of(Node node) {
    return new UserAgent(Finding.quote(node.getUserAgentName()), Finding.quote(version(node)));
  }

  private static String version(Node node) {
    return switch (node.getUserAgentVersionTypeCase()) {
      case USER_AGENT_VERSION -> node.getUserAgentVersion();
      case USER_AGENT_BUILD_VERSION -> {
        SemanticVersion version = node.getUserAgentBuildVersion().getVersion();
        yield version.getMajorNumber() + "." + version.getMinorNumber() + "." + version.getPatch();
      }
      case USERAGENTVERSIONTYPE_NOT_SET -> "";
    };
  }
}
