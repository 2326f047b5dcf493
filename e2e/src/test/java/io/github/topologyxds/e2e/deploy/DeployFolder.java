package io.github.topologyxds.e2e.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kustomize base as it stands in the checkout. */
final class DeployFolder {
  static final Path PATH = Path.of("..", "deploy");
  private static final String KUSTOMIZATION = "kustomization.yaml";

  /** How kustomize puts the namespace into names; no object. */
  private static final String NAMES = "cluster-names.yaml";

  private DeployFolder() {}

  /** The files that hold an object each, by name. */
  static List<Path> objectFiles() throws IOException {
    try (Stream<Path> files = Files.list(PATH)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith(KUSTOMIZATION) && !file.endsWith(NAMES))
          .sorted()
          .toList();
    }
  }

  static Path kustomization() {
    return PATH.resolve(KUSTOMIZATION);
  }

  static List<HasMetadata> objects() throws IOException {
    KubernetesSerialization serialization = new KubernetesSerialization();
    List<HasMetadata> objects = new ArrayList<>();
    for (Path file : objectFiles()) {
      objects.add(serialization.unmarshal(Files.readString(file)));
    }
    return objects;
  }

  /** The base's only object of a kind. */
  static <T extends HasMetadata> T only(Class<T> kind) throws IOException {
    List<T> found = objects().stream().filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError("deploy holds %d of %s".formatted(found.size(), kind));
    }
    return found.getFirst();
  }
}
