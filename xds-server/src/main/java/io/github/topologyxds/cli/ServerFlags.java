package io.github.topologyxds.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which server a command asks. */
final class ServerFlags {
  @Option(
      names = "--admin",
      converter = ApiAddress.class,
      required = true,
      paramLabel = "HOST:PORT",
      description = "The API of the server (serve --api), as a port-forward leads to it.")
  private URI address = URI.create("");

  LiveServer server() {
    return new LiveServer(address);
  }
}
