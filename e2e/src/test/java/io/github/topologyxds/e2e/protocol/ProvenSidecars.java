package io.github.topologyxds.e2e.protocol;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SecretFile;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Real Envoys that show a Pod's token, with the files that {@code bootstrap --token-file --out}
 * writes: they follow the files when these are replaced.
 *
 * @param ca of the server
 * @param client null for no certificate
 */
public record ProvenSidecars(Path ca, XdsTls.@Nullable Pair client, Path token) {
  /** Those with the files of a folder: {@code ca.crt} and {@code token}, and no certificate. */
  public static ProvenSidecars ofToken(Path folder) {
    return new ProvenSidecars(folder.resolve("ca.crt"), null, folder.resolve("token"));
  }

  /** Those that show a certificate as well, from a folder with {@code tls.crt} and its key. */
  public static ProvenSidecars ofBoth(Path certificates, Path token) {
    return new ProvenSidecars(
        certificates.resolve("ca.crt"),
        new XdsTls.Pair(
            certificates.resolve("tls.crt").toString(), certificates.resolve("tls.key").toString()),
        token);
  }

  /**
   * Starts one, without waiting.
   *
   * @param claimed the Node that it says it is on
   */
  public EnvoyProcess launch(int xdsPort, String claimed, SidecarShape shape, XdsProtocol protocol)
      throws IOException {
    return EnvoyProcess.launch(
        EnvoyBinary.find(),
        EnvoySpec.of(settings(new XdsAddress("127.0.0.1", xdsPort), claimed, shape, protocol)));
  }

  /**
   * Starts one that knows the server by a name, for which its certificate must be; that the name
   * leads to loopback is all that is changed.
   */
  public EnvoyProcess launchAt(XdsAddress xds, String claimed, SidecarShape shape)
      throws IOException {
    BootstrapSettings settings = settings(xds, claimed, shape, XdsProtocol.DELTA);
    String bootstrap = BootstrapTemplate.render(settings);
    String led = bootstrap.replace("address: \"" + xds.host() + '"', "address: 127.0.0.1");
    if (led.equals(bootstrap)) {
      throw new IOException("no address " + xds.host() + " in " + bootstrap);
    }
    return EnvoyProcess.launch(EnvoyBinary.find(), EnvoySpec.of(led, settings.ports()));
  }

  private BootstrapSettings settings(
      XdsAddress xds, String claimed, SidecarShape shape, XdsProtocol protocol) throws IOException {
    int first = FreePorts.next(2);
    Path files = Files.createTempDirectory(token.toAbsolutePath().getParent(), "envoy");
    XdsTls tls =
        new XdsTls(
            ca.toString(),
            client,
            Optional.of(token.toString()),
            Optional.of(new XdsTls.Rotation(files.toString())));
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on(claimed))
            .withXds(xds)
            .withPorts(new ProxyPorts(first, first + 1))
            .withProtocol(protocol)
            .withShape(shape)
            .withTls(tls);
    for (SecretFile secret : SecretFile.values()) {
      Optional<String> text = secret.text(tls);
      if (text.isPresent()) {
        Files.writeString(files.resolve(secret.fileName()), text.get());
      }
    }
    return settings;
  }
}
