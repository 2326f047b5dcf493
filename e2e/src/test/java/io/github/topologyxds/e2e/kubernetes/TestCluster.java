package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cluster, real or not, whose API server the product reaches through a pipe that can break.
 *
 * @param direct the kubeconfig that leads straight to it
 */
record TestCluster(Path direct, Path piped, FaultPipe pipe) implements AutoCloseable {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** Puts a pipe in front of the cluster that a kubeconfig leads to. */
  static TestCluster of(Path kubeconfig, Path folder) throws IOException {
    Config config = YAML.unmarshal(Files.readString(kubeconfig), Config.class);
    String context = config.getCurrentContext();
    String name =
        config.getContexts().stream()
            .filter(c -> c.getName().equals(context))
            .findFirst()
            .orElseThrow()
            .getContext()
            .getCluster();
    NamedCluster cluster =
        config.getClusters().stream()
            .filter(c -> c.getName().equals(name))
            .findFirst()
            .orElseThrow();
    URI server = URI.create(cluster.getCluster().getServer());
    int port = server.getPort() > 0 ? server.getPort() : 443;
    FaultPipe pipe = new FaultPipe(new InetSocketAddress(server.getHost(), port));
    cluster.getCluster().setServer(server.getScheme() + "://127.0.0.1:" + pipe.port());
    if (server.getScheme().equals("https")) {
      // The certificate is made out to the server and not to the pipe.
      cluster.getCluster().setInsecureSkipTlsVerify(true);
      cluster.getCluster().setCertificateAuthority(null);
      cluster.getCluster().setCertificateAuthorityData(null);
    }
    Path piped = Files.writeString(folder.resolve("piped.kubeconfig"), YAML.asYaml(config));
    return new TestCluster(kubeconfig, piped, pipe);
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
