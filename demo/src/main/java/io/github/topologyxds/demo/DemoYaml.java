package io.github.topologyxds.demo;

import io.github.topologyxds.demo.backend.BackendSpec;

/** The demo's Kubernetes objects as YAML. All values are ours and need no quoting. */
final class DemoYaml {
  private DemoYaml() {}

  static String node(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata:
      name: %s
      labels:
        kubernetes.io/hostname: %s
        topology.kubernetes.io/region: region-1
        topology.kubernetes.io/zone: %s
    """
        .formatted(name, name, zone);
  }

  static String service(DemoPreference preference) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
    ---
    apiVersion: v1
    kind: Service
    metadata:
      namespace: shop
      name: web%s\
    spec:
      type: ClusterIP
      clusterIP: 10.96.0.80
      clusterIPs:
      - 10.96.0.80
      ipFamilies:
      - IPv4
      ipFamilyPolicy: SingleStack
      internalTrafficPolicy: Cluster
      trafficDistribution: PreferSameZone
      selector:
        app: web
      ports:
      - name: http
        port: 80
        protocol: TCP
        targetPort: http
    """
        .formatted(preference.yaml());
  }

  static String slice(String endpoints, int port) {
    return """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      namespace: shop
      name: web-x7k2p
      generateName: web-
      labels:
        endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
        kubernetes.io/service-name: web
    addressType: IPv4
    ports:
    - name: http
      port: %d
      protocol: TCP
    endpoints:
    %s\
    """
        .formatted(port, endpoints);
  }

  static String readyEndpoint(BackendSpec backend) {
    String hints =
        """
          hints:
            forZones:
            - name: %s
        """
            .formatted(backend.zone());
    return endpoint(backend, "true") + hints;
  }

  static String unreadyEndpoint(BackendSpec backend) {
    return endpoint(backend, "false");
  }

  private static String endpoint(BackendSpec backend, String ready) {
    return """
    - addresses:
      - %s
      conditions:
        ready: %s
        serving: %s
        terminating: false
      nodeName: %s
      zone: %s
      targetRef:
        kind: Pod
        namespace: shop
        name: %s
        uid: uid-%s
    """
        .formatted(
            backend.address(),
            ready,
            ready,
            backend.node(),
            backend.zone(),
            backend.name(),
            backend.name());
  }
}
