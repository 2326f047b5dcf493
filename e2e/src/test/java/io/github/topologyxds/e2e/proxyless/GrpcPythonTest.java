package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.demo.envoy.WheelProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** gRPC C++, which Python's {@code grpcio} is made of. */
@Tag("grpc")
class GrpcPythonTest extends ProxylessScenarios {
  private static final Path PROGRAM = Path.of("src/test/resources/proxyless/client.py");

  /** The virtual environment's Python is the program: it finds the library. */
  private static final WheelProgram PYTHON =
      new WheelProgram(
          "Python with grpcio", "python-grpcio", "GRPCIO_PYTHON", "grpcio", "1.85.3", "bin/python");

  GrpcPythonTest() throws IOException {}

  @Override
  ProxylessClient start(String bootstrap, String name) throws Exception {
    return client(bootstrap, name);
  }

  /** Starts an application on it. */
  static ProxylessClient client(String bootstrap, String name) throws Exception {
    return new ProgramClient(
        List.of(PYTHON.find().toString(), PROGRAM.toString()), bootstrap, "xds:///" + name);
  }
}
