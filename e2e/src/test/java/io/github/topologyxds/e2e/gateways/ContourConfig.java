package io.github.topologyxds.e2e.gateways;

import static io.github.topologyxds.e2e.gateways.ConfigFolder.move;
import static io.github.topologyxds.e2e.gateways.ConfigFolder.object;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Contour makes of HTTPProxies, and both bootstraps as the recipe leaves them. Volumes of the
 * Pod are folders of one here, and addresses are others; the listener of its metrics is left out.
 */
final class ContourConfig {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CERTIFICATES = "certs";
  private static final String SECRETS = "config/resources/sds";

  private final JsonNode made;
  private final Path folder;

  /**
   * Reads it, and writes what lies in the Pod's volumes, with certificates for now.
   *
   * @param node what the kubelet puts into {@code NODE_NAME}
   * @param folder for the volumes
   */
  ContourConfig(Path made, String node, Path folder) throws Exception {
    this.folder = folder;
    String text = Files.readString(made).replace("$(NODE_NAME)", node);
    for (String volume : new String[] {"admin", "config", CERTIFICATES}) {
      text = text.replace("\"/" + volume + "/", "\"" + folder + "/" + volume + "/");
      Files.createDirectories(folder.resolve(volume));
    }
    this.made = JSON.readTree(text);
    Path secrets = Files.createDirectories(folder.resolve(SECRETS));
    writeJson(secrets.resolve("xds-tls-certificate.json"), "certificate");
    writeJson(secrets.resolve("xds-validation-context.json"), "authority");
    writeCertificates();
  }

  /** One for both ends, with the name that Contour's Envoy looks for. */
  private void writeCertificates() throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
    X509Bundle both =
        new CertificateBuilder()
            .subject("CN=contour")
            .addSanDnsName("contour")
            .addExtendedKeyUsageServerAuth()
            .addExtendedKeyUsageClientAuth()
            .ecp256()
            .buildIssuedBy(authority);
    AuthenticatingServer.write(certificates().resolve("ca.crt"), authority.getCertificatePEM());
    AuthenticatingServer.write(certificates().resolve("tls.crt"), both.getCertificatePathPEM());
    AuthenticatingServer.write(certificates().resolve("tls.key"), both.getPrivateKeyPEM());
  }

  private void writeJson(Path file, String part) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(made.path(part)));
  }

  /** Returns the folder with the certificates of Contour and its Envoy, which are the same here. */
  Path certificates() {
    return folder.resolve(CERTIFICATES);
  }

  /**
   * Returns what Contour serves, a list for each type.
   *
   * @param port where the listener for requests is to be
   */
  JsonNode resources(int port) {
    ArrayNode listeners = JSON.createArrayNode();
    for (JsonNode listener : made.path("listeners")) {
      if (listener.path("name").asString().equals("ingress_http")) {
        move(listener.path("address"), port);
        listeners.add(listener);
      }
    }
    return object(made).set("listeners", listeners);
  }

  /** Returns the Envoy that parts what the other asks for. */
  EnvoySpec router(ProxyPorts ports, int contourPort, int xdsPort) throws IOException {
    ObjectNode bootstrap = object(made.path("router"));
    for (JsonNode cluster : bootstrap.path("static_resources").path("clusters")) {
      JsonNode endpoint = cluster.path("load_assignment").path("endpoints").path(0);
      move(
          endpoint.path("lb_endpoints").path(0).path("endpoint").path("address"),
          cluster.path("name").asString().equals("contour") ? contourPort : xdsPort);
      object(cluster).put("type", "STATIC");
    }
    return spec(bootstrap, ports);
  }

  /** Returns Contour's Envoy. */
  EnvoySpec gateway(ProxyPorts ports) throws IOException {
    ObjectNode bootstrap = object(made.path("bootstrap"));
    // Of the command line.
    object(bootstrap.path("node")).put("id", "envoy-1").put("cluster", "projectcontour");
    return spec(bootstrap, ports);
  }

  private static EnvoySpec spec(ObjectNode bootstrap, ProxyPorts ports) throws IOException {
    ObjectNode address = JSON.createObjectNode();
    address.putObject("socket_address");
    move(address, ports.admin());
    bootstrap.withObject("admin").set("address", address);
    return EnvoySpec.of(JSON.writeValueAsString(bootstrap), ports);
  }
}
