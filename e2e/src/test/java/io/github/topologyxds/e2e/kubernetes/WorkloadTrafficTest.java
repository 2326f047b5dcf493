package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.protocol.EnvoyState;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ExternalWorkload and a pod behind one Service, with real Envoys in both zones: the workload
 * serves its own zone, and the other one when that has nothing left.
 */
class WorkloadTrafficTest {
  private static final LeaseName LEASE = new LeaseName("topology-xds", "topology-xds");
  private static final int REQUESTS = 300;

  @TempDir private Path folder = Path.of("");
  private final int port;

  WorkloadTrafficTest() throws IOException {
    port = FreePorts.next();
  }

  private void podSlice(ApiServer api, String endpoints) {
    api.load(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: web-kube
          namespace: shop
          labels:
            kubernetes.io/service-name: web
            endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io
        addressType: IPv4
        ports: [{name: http, port: %d, protocol: TCP}]
        endpoints: [%s]
        """
            .formatted(port, endpoints));
  }

  private void world(ApiServer api) {
    api.allowLoopback();
    for (String zone : new String[] {"a", "b"}) {
      api.put(
          "{apiVersion: v1, kind: Node, metadata: {name: node-%s, labels: {topology.kubernetes.io/zone: zone-%s}}}"
              .formatted(zone, zone));
    }
    api.put("{apiVersion: v1, kind: Namespace, metadata: {name: topology-xds}}");
    api.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          selector: {app: web}
          trafficDistribution: PreferSameZone
          ports: [{name: http, port: 80, targetPort: %d}]
        """
            .formatted(port));
    podSlice(
        api,
        "{addresses: [127.7.9.1], zone: zone-a, nodeName: node-a, hints: {forZones: [{name:"
            + " zone-a}]}, conditions: {ready: true, serving: true, terminating: false}}");
    api.load(
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ExternalWorkload
        metadata: {name: vm-1, namespace: shop, labels: {app: web}}
        spec: {addresses: [127.7.9.2], zone: zone-b}
        """);
  }

  private static LoadResult send(EnvoyProcess envoy) {
    LoadRequest request = LoadRequest.get("web.shop.svc.cluster.local");
    return new LoadGenerator(envoy.outbound(), request).run(LoadBounds.of(REQUESTS, 3));
  }

  private static void awaitHosts(EnvoyProcess envoy, int count) {
    Wait.until(count + " hosts")
        .untilAsserted(() ->
            assertThat(EnvoyState.clusters(envoy).get("shop/web:http")).isNotNull().hasSize(count));
  }

  @Test
  void aWorkloadServesItsZoneAndTakesOverForAnother() throws Exception {
    try (ApiServer api = ApiServer.start();
        EchoBackend pod =
            EchoBackend.start(new BackendSpec("pod-a", "zone-a", "node-a", "127.7.9.1", port));
        EchoBackend workload =
            EchoBackend.start(new BackendSpec("vm-b", "zone-b", "", "127.7.9.2", port))) {
      world(api);
      try (SliceReplica replica =
          SliceReplica.start(
              api.kubeconfig(folder), SliceReplica.settings("txds", LEASE, "127.0.0.0/8"))) {
        Sidecars sidecars = new Sidecars(replica.controlPlane().xdsPort(), XdsProtocol.DELTA);
        Wait.until("the first complete state").until(replica.controlPlane().store()::complete);
        try (EnvoyProcess inA = sidecars.start("node-a");
            EnvoyProcess inB = sidecars.start("node-b")) {
          awaitHosts(inA, 2);
          awaitHosts(inB, 2);
          assertThat(api.list(ResourceKind.ENDPOINT_SLICES)).hasSize(2);

          assertThat(send(inB).failed()).isZero();
          assertThat(workload.requests()).as("zone-b to its own").isEqualTo(REQUESTS);
          assertThat(send(inA).failed()).isZero();
          assertThat(pod.requests()).as("zone-a to its own").isEqualTo(REQUESTS);
          assertThat(workload.requests()).isEqualTo(REQUESTS);

          podSlice(api, "");
          awaitHosts(inA, 1);
          assertThat(send(inA).failed()).isZero();
          assertThat(workload.requests()).as("zone-a, too").isEqualTo(2 * REQUESTS);
          assertThat(EnvoyState.rejections(inA)).isZero();
        }
      }
    }
  }
}
