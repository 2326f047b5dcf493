package io.github.topologyxds.e2e.apiserver;

/** Small objects for the tests of the substitute. */
final class Samples {
  static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";
  static final String SLICES_OF_SHOP = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";

  private Samples() {}

  /** A slice in the namespace shop with one endpoint. */
  static String slice(String name, String address) {
    return """
    {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
     "metadata": {"name": "%s", "namespace": "shop",
                  "labels": {"kubernetes.io/service-name": "cart"}},
     "addressType": "IPv4",
     "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
     "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true}}]}
    """
        .formatted(name, address);
  }

  static String watchFrom(long revision) {
    return SLICES + "?watch=true&allowWatchBookmarks=true&resourceVersion=" + revision;
  }
}
