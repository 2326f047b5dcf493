package io.github.topologyxds.e2e.deploy;

import io.github.topologyxds.e2e.programs.Kubectl;
import java.io.IOException;
import java.nio.file.Path;

/** A folder that kustomize renders, by a real kubectl. */
public final class Kustomization {
  private Kustomization() {}

  /** Returns the manifests, as YAML. */
  public static String render(Path folder) throws IOException, InterruptedException {
    return Kubectl.run("kustomize", folder.toString());
  }
}
