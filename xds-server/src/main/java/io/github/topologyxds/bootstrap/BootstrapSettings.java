package io.github.topologyxds.bootstrap;

import io.github.topologyxds.model.names.PortNumber;
import io.github.topologyxds.xds.resource.XdsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * All that a bootstrap is made of.
 *
 * @param tls null: plaintext
 * @param shape of a sidecar that speaks delta; all others hold every Service
 */
public record BootstrapSettings(
    BootstrapKind kind,
    ProxyNode node,
    XdsAddress xds,
    ProxyPorts ports,
    XdsProtocol protocol,
    @Nullable XdsTls tls,
    LoadReporting loadReporting,
    SidecarShape shape) {
  public BootstrapSettings {
    if (kind == BootstrapKind.EDS_ONLY
        && (ports.listener() == PortNumber.MAX || ports.tcpListener() == ports.admin())) {
      throw new IllegalArgumentException(
          "an eds-only Envoy also listens on the listener port + 1, which must be free for it");
    }
    if (kind == BootstrapKind.GRPC && !node.services().isEmpty()) {
      throw new IllegalArgumentException(
          "--services: a gRPC client loads what it calls and nothing else; only sidecars and gateways"
              + " take it");
    }
    if (kind == BootstrapKind.EDS_ONLY && !node.services().isEmpty()) {
      throw new IllegalArgumentException(
          "--services: an eds-only Envoy names its clusters itself; only sidecars and gateways take it");
    }
  }

  /** One that talks delta to a control plane on this machine's default port. */
  public static BootstrapSettings of(BootstrapKind kind, ProxyNode node) {
    return new BootstrapSettings(
        kind,
        node,
        XdsAddress.DEFAULT,
        ProxyPorts.DEFAULT,
        XdsProtocol.DELTA,
        null,
        LoadReporting.ON,
        SidecarShape.ALL_SERVICES);
  }

  /** Returns the same with another address of the control plane. */
  public BootstrapSettings withXds(XdsAddress address) {
    return new BootstrapSettings(kind, node, address, ports, protocol, tls, loadReporting, shape);
  }

  /** Returns the same with other ports of the Envoy. */
  public BootstrapSettings withPorts(ProxyPorts newPorts) {
    return new BootstrapSettings(kind, node, xds, newPorts, protocol, tls, loadReporting, shape);
  }

  /** Returns the same with another variant of the xDS protocol. */
  public BootstrapSettings withProtocol(XdsProtocol newProtocol) {
    return new BootstrapSettings(kind, node, xds, ports, newProtocol, tls, loadReporting, shape);
  }

  /** Returns the same with TLS to the control plane. */
  public BootstrapSettings withTls(XdsTls newTls) {
    return new BootstrapSettings(kind, node, xds, ports, protocol, newTls, loadReporting, shape);
  }

  /** Returns the same with another answer to whether the Envoy reports its load. */
  public BootstrapSettings withLoadReporting(LoadReporting newReporting) {
    return new BootstrapSettings(kind, node, xds, ports, protocol, tls, newReporting, shape);
  }

  /** Returns the same with another shape of sidecars. */
  public BootstrapSettings withShape(SidecarShape newShape) {
    return new BootstrapSettings(kind, node, xds, ports, protocol, tls, loadReporting, newShape);
  }

  /** Returns whether it is a sidecar that holds only what it uses. */
  boolean isOnDemand() {
    return kind == BootstrapKind.SIDECAR
        && protocol == XdsProtocol.DELTA
        && shape == SidecarShape.ON_DEMAND;
  }

  /** Unique among the Envoys of a cluster as long as they do not share a Node and a port. */
  String nodeId() {
    String place = String.join(".", kind.label(), node.namespace(), node.node());
    return kind == BootstrapKind.GRPC ? place : place + "." + ports.listener();
  }
}
