package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.e2e.programs.GoProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** grpc-go. */
@Tag("grpc")
class GrpcGoTest extends ProxylessScenarios {
  private static final Path MODULE = Path.of("src/test/resources/proxyless/go");

  GrpcGoTest() throws IOException {}

  @Override
  ProxylessClient start(String bootstrap, String name) throws Exception {
    return client(bootstrap, name);
  }

  /** Starts an application on it. */
  static ProxylessClient client(String bootstrap, String name) throws Exception {
    Path program = GoProgram.build("grpc-go-client", MODULE).executable();
    return new ProgramClient(List.of(program.toString()), bootstrap, "xds:///" + name);
  }

  /** It goes by a new route some 10 ms before its balancer knows the cluster (seen in 1.85). */
  @Override
  boolean isLostWithItsCluster(String answer) {
    return answer.startsWith("UNAVAILABLE: unknown cluster selected for RPC: ");
  }
}
