package io.github.topologyxds.source.mapping;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Reason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ports of Services and slices have in common: a name and a protocol. */
final class PortMapper {
  private PortMapper() {}

  record NamedPort(String name, Protocol protocol) {}

  /**
   * Returns the port's name ("" when nil) and protocol (TCP when nil, the API's default); empty
   * when no API server would take the port: its name becomes part of an Envoy cluster's name.
   *
   * @param path of the port in its object
   */
  static Optional<NamedPort> map(
      @Nullable String name, @Nullable String protocol, Remarks remarks, String... path) {
    String portName = KubernetesMapper.orEmpty(name);
    if (!portName.isEmpty() && !KubernetesNames.isLabel(portName)) {
      remarks.add(
          Reason.NAME_INVALID,
          Remarks.field(path)
              + ": the port name \""
              + Finding.quote(portName)
              + "\" is not a DNS label of at most 63 characters; the port is left out",
          below(path, "name"));
      return Optional.empty();
    }
    Protocol known =
        switch (KubernetesMapper.orEmpty(protocol)) {
          case "", "TCP" -> Protocol.TCP;
          case "UDP" -> Protocol.UDP;
          case "SCTP" -> Protocol.SCTP;
          default -> null;
        };
    if (known == null) {
      remarks.addUnknownValue(
          KubernetesMapper.orEmpty(protocol),
          "allowed: TCP, UDP, SCTP; the port is left out",
          below(path, "protocol"));
      return Optional.empty();
    }
    return Optional.of(new NamedPort(portName, known));
  }

  private static String[] below(String[] path, String field) {
    String[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = field;
    return longer;
  }
}
