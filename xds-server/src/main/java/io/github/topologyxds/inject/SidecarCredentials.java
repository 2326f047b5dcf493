package io.github.topologyxds.inject;

import io.github.topologyxds.bootstrap.SecretFile;
import io.github.topologyxds.bootstrap.XdsTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By what a sidecar knows topology-xds, and proves who it is. Envoy follows all of it when it is
 * rotated.
 *
 * @param tlsSecret a Secret of each workload's namespace with ca.crt, tls.crt and tls.key
 * @param audience of the token of the Pod's service account; empty: none is shown
 */
public record SidecarCredentials(String tlsSecret, Optional<String> audience) {
  private static final String FOLDER = "/etc/topology-xds/";
  private static final String TLS = "tls";
  private static final String TOKEN = "token";
  private static final String NAMING = "sds";

  /** The kubelet writes a new token at four fifths of it. */
  private static final int TOKEN_SECONDS = 3600;

  /** Returns the same for the bootstrap; the paths are the container's. */
  XdsTls tls() {
    String files = FOLDER + TLS + "/";
    return new XdsTls(
        files + "ca.crt",
        new XdsTls.Pair(files + "tls.crt", files + "tls.key"),
        audience.map(any -> FOLDER + TOKEN + "/token"),
        Optional.of(new XdsTls.Rotation(FOLDER + NAMING)));
  }

  /**
   * Returns a script for bash that writes the files through which Envoy follows its secrets, and
   * becomes the Envoy of its arguments. They cannot come along in the bootstrap, which is one
   * argument: Envoy never reads a secret again that stands in its bootstrap.
   */
  String start() {
    StringBuilder script = new StringBuilder("cd ").append(FOLDER).append(NAMING).append('\n');
    for (SecretFile secret : SecretFile.values()) {
      secret
          .text(tls())
          .ifPresent(text ->
              script
                  .append("printf %s '")
                  .append(text)
                  .append("' > ")
                  .append(secret.fileName())
                  .append('\n'));
    }
    return script.append("exec envoy \"$@\"\n").toString();
  }

  /** Returns the volumes that a Pod needs for it. */
  List<Object> volumes() {
    List<Object> volumes = new ArrayList<>();
    volumes.add(volume(TLS, "secret", Map.of("secretName", tlsSecret)));
    audience.ifPresent(name -> {
      Map<String, Object> token = new LinkedHashMap<>();
      token.put("audience", name);
      token.put("expirationSeconds", TOKEN_SECONDS);
      token.put("path", TOKEN);
      List<Object> sources = List.of(Map.of("serviceAccountToken", token));
      volumes.add(volume(TOKEN, "projected", Map.of("sources", sources)));
    });
    volumes.add(volume(NAMING, "emptyDir", Map.of("sizeLimit", "1Mi")));
    return volumes;
  }

  /** Returns where they are in Envoy's container. */
  List<Object> mounts() {
    List<Object> mounts = new ArrayList<>();
    mounts.add(readOnly(mount(TLS)));
    if (audience.isPresent()) {
      mounts.add(readOnly(mount(TOKEN)));
    }
    mounts.add(mount(NAMING));
    return mounts;
  }

  private static Map<String, Object> volume(String name, String kind, Object value) {
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("name", volumeName(name));
    volume.put(kind, value);
    return volume;
  }

  private static Map<String, Object> mount(String name) {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("name", volumeName(name));
    mount.put("mountPath", FOLDER + name);
    return mount;
  }

  private static Map<String, Object> readOnly(Map<String, Object> mount) {
    mount.put("readOnly", true);
    return mount;
  }

  private static String volumeName(String name) {
    return "topology-xds-" + name;
  }
}
