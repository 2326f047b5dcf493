package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ports are HTTP for a sidecar that catches traffic, and who is told what contradicts it. */
class PortProtocolTest {
  @ParameterizedTest
  @CsvSource({
    "'', http, HTTP",
    "'', kubernetes.io/h2c, HTTP",
    "'', grpc, HTTP",
    "'', http2, HTTP",
    "'', kubernetes.io/ws, HTTP",
    "'', kubernetes.io/wss, TCP",
    "'', https, TCP",
    "'', tls, TCP",
    "'', example.com/own, TCP",
    "http, '', HTTP",
    "http-web, '', HTTP",
    "http2, '', HTTP",
    "http2-a, '', HTTP",
    "grpc, '', HTTP",
    "grpc-web, '', HTTP",
    "https, '', TCP",
    "httpbin, '', TCP",
    "web, '', TCP",
    "web-http, '', TCP",
    "'', '', TCP",
    "mysql, '', TCP",
    "http, https, TCP",
    "mysql, http, HTTP"
  })
  void isWhatAppProtocolSaysElseWhatTheNameBeginsWithElseTcp(
      String name, String appProtocol, PortProtocol expected) {
    assertThat(PortProtocol.of(port(name, appProtocol))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http, https, true", "http-web, example.com/own, true", "tcp, http, true", "mysql, grpc, true",
    "http, http, false", "http, grpc, false", "web, http, false", "web, https, false",
    "https, https, false", "http, '', false", "'', http, false"
  })
  void isAFindingWhereTheTwoSayDifferentThings(String name, String appProtocol, boolean expected) {
    List<Finding> findings = findings(port(name, appProtocol));
    if (expected) {
      Finding only = findings.getFirst();
      assertThat(only.message())
          .contains("port " + name + " 80", "\"" + appProtocol + "\"", "rename the port");
    }
    assertThat(findings).hasSize(expected ? 1 : 0);
  }

  @Test
  void udpIsNeither() {
    assertThat(findings(new ServicePort("http", 80, Protocol.UDP, "https"))).isEmpty();
  }

  private static List<Finding> findings(ServicePort port) {
    ServiceModel service =
        new ServiceModel(
            new ObjectName("shop", "cart"),
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.1"),
            List.of(Family.IPV4),
            List.of(port),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN);
    return new Translator(RoutingOptions.DEFAULT)
            .translate(new ServiceState(service, null, List.of(), Set.of(), ClusterTopology.EMPTY))
            .findings()
            .stream()
            .filter(finding -> finding.reason() == Reason.PORT_PROTOCOL_CONFLICT)
            .toList();
  }

  private static ServicePort port(String name, String appProtocol) {
    return new ServicePort(name, 80, Protocol.TCP, appProtocol);
  }
}
