package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.DnsLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The null rules of the ports of Services, EndpointSlices, Endpoints and ExternalWorkloads, which
 * are the same.
 *
 * @param <P> a port of the API
 */
final class PortMapper<P> {
  static final PortMapper<ServicePort> SERVICE =
      new PortMapper<>(ServicePort::getName, ServicePort::getProtocol, ServicePort::getPort);
  static final PortMapper<EndpointPort> SLICE =
      new PortMapper<>(EndpointPort::getName, EndpointPort::getProtocol, EndpointPort::getPort);
  static final PortMapper<io.fabric8.kubernetes.api.model.EndpointPort> ENDPOINTS =
      new PortMapper<>(
          io.fabric8.kubernetes.api.model.EndpointPort::getName,
          io.fabric8.kubernetes.api.model.EndpointPort::getProtocol,
          io.fabric8.kubernetes.api.model.EndpointPort::getPort);
  static final PortMapper<ExternalWorkloadObject.Port> WORKLOAD =
      new PortMapper<>(port -> port.name, port -> port.protocol, port -> port.port);

  private final Function<P, @Nullable String> name;
  private final Function<P, @Nullable String> protocol;
  private final Function<P, @Nullable Integer> number;

  private PortMapper(
      Function<P, @Nullable String> name,
      Function<P, @Nullable String> protocol,
      Function<P, @Nullable Integer> number) {
    this.name = name;
    this.protocol = protocol;
    this.number = number;
  }

  /**
   * What all ports have.
   *
   * @param name "" when nil
   * @param number as written: the API server does not check an EndpointSlice's; 0 when nil
   * @param protocol TCP when nil, the API's default
   */
  record Common(String name, int number, Protocol protocol) {}

  /** Where in an object the ports stand, and who hears of what is odd about them. */
  record Field(Remarks remarks, List<String> path) {
    static Field of(Remarks remarks, String... path) {
      return new Field(remarks, List.of(path));
    }

    /** Returns the path of one of the ports, or of a field of it. */
    String[] below(int index, String... more) {
      List<String> steps = new ArrayList<>(path);
      steps.add(String.valueOf(index));
      steps.addAll(List.of(more));
      return steps.toArray(String[]::new);
    }
  }

  /**
   * Returns the ports in their order. Left out are nulls, and what no API server would take: a
   * port's name becomes part of an Envoy cluster's name.
   *
   * @param ports null for none: the API server writes {@code ports: null}
   * @param build makes a port of ours
   */
  <T> List<T> map(
      @Nullable List<? extends @Nullable P> ports, Field field, BiFunction<P, Common, T> build) {
    List<T> mapped = new ArrayList<>();
    for (int i = 0; ports != null && i < ports.size(); i++) {
      @Nullable P port = ports.get(i);
      if (port != null) {
        common(port, field, i).ifPresent(common -> mapped.add(build.apply(port, common)));
      }
    }
    return mapped;
  }

  private Optional<Common> common(P port, Field field, int index) {
    String portName = KubernetesMapper.orEmpty(name.apply(port));
    if (!portName.isEmpty() && !DnsLabel.isValid(portName)) {
      field
          .remarks()
          .add(
              Reason.NAME_INVALID,
              Remarks.field(field.below(index))
                  + ": the port name \""
                  + Finding.quote(portName)
                  + "\" is not a DNS label of at most 63 characters; the port is left out",
              field.below(index, "name"));
      return Optional.empty();
    }
    String written = KubernetesMapper.orEmpty(protocol.apply(port));
    Protocol known =
        switch (written) {
          case "", "TCP" -> Protocol.TCP;
          case "UDP" -> Protocol.UDP;
          case "SCTP" -> Protocol.SCTP;
          default -> null;
        };
    if (known == null) {
      field
          .remarks()
          .addUnknownValue(
              written,
              "allowed: TCP, UDP, SCTP; the port is left out",
              field.below(index, "protocol"));
      return Optional.empty();
    }
    int portNumber = Objects.requireNonNullElse(number.apply(port), 0);
    return Optional.of(new Common(portName, portNumber, known));
  }
}
