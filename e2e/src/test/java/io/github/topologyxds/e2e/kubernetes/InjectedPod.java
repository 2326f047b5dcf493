package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Pod that {@code inject} has put a sidecar into. Its Envoy is started as the kubelet does: by
 * the container's command, with the volumes that the Pod names and the variables of the downward
 * API. Only the folders and the ports are others.
 */
final class InjectedPod {
  private static final String MOUNTS = "/etc/topology-xds";

  private final Path folder;
  private final List<Volume> volumes;
  private final Container proxy;
  private final ProxyPorts ports;

  /**
   * Reads the Pod.
   *
   * @param manifest its YAML
   * @param parent where a folder for its volumes is made
   */
  InjectedPod(String manifest, Path parent) throws IOException {
    int first = FreePorts.next(2);
    folder = Files.createTempDirectory(parent, "pod");
    ports = new ProxyPorts(first, first + 1);
    String moved =
        manifest
            .replace(MOUNTS, folder.toString())
            .replace("15000", Integer.toString(ports.admin()))
            .replace("15001", Integer.toString(ports.listener()));
    Pod pod = Serialization.unmarshal(moved, Pod.class);
    volumes = pod.getSpec().getVolumes();
    proxy =
        pod.getSpec().getInitContainers().stream()
            .filter(container -> container.getName().equals("topology-xds-proxy"))
            .findFirst()
            .orElseThrow();
  }

  /**
   * Starts its Envoy, without waiting.
   *
   * @param files the Secret's, and the file {@code token} that the kubelet would project
   * @param fields what the downward API tells, by the path of the field
   */
  EnvoyProcess launch(Path files, Map<String, String> fields) throws IOException {
    for (VolumeMount mount : proxy.getVolumeMounts()) {
      Path place = Path.of(mount.getMountPath());
      Volume volume =
          volumes.stream()
              .filter(named -> named.getName().equals(mount.getName()))
              .findFirst()
              .orElseThrow();
      if (volume.getEmptyDir() != null) {
        Files.createDirectory(place);
      } else {
        Files.createSymbolicLink(place, files);
      }
    }
    Files.createSymbolicLink(folder.resolve("envoy"), EnvoyBinary.find().path());
    Path start = folder.resolve("start");
    Files.writeString(start, "#!/bin/sh\nPATH=" + folder + ":$PATH\nexec " + words(fields) + "\n");
    if (!start.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + start + " executable");
    }
    return EnvoyProcess.launch(new EnvoyBinary(start), EnvoySpec.of("", ports));
  }

  /** Returns what the startup probe says: true once the application may start. */
  boolean started() throws IOException, InterruptedException {
    List<String> command = proxy.getStartupProbe().getExec().getCommand();
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private String words(Map<String, String> fields) {
    List<String> words = new ArrayList<>(proxy.getCommand());
    words.addAll(proxy.getArgs());
    return words.stream()
        .map(word -> expanded(word, fields))
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /** As the kubelet does with {@code $(NAME)} in command and arguments. */
  private String expanded(String word, Map<String, String> fields) {
    String expanded = word;
    for (EnvVar variable : proxy.getEnv()) {
      String path = variable.getValueFrom().getFieldRef().getFieldPath();
      expanded = expanded.replace("$(" + variable.getName() + ")", fields.getOrDefault(path, "?"));
    }
    return expanded;
  }
}
