package io.github.topologyxds.e2e.proxyless;

import java.io.IOException;

/** grpc-java, in this process. */
class GrpcJavaTest extends ProxylessScenarios {
  GrpcJavaTest() throws IOException {}

  @Override
  ProxylessClient start(String bootstrap, String name) {
    return new JavaClient(bootstrap, name);
  }
}
