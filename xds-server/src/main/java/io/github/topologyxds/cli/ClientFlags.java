package io.github.topologyxds.cli;

import io.github.topologyxds.model.Family;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The client that an offline command answers for. */
final class ClientFlags {
  @Option(
      names = "--zone",
      defaultValue = "",
      paramLabel = "Z",
      description = "The client's zone, if its Node is not given or not in the files.")
  private String zone = "";

  @Option(
      names = "--node",
      defaultValue = "",
      paramLabel = "N",
      description = "The client's Node; its zone comes from the Node in the files.")
  private String node = "";

  @Option(
      names = "--namespace",
      defaultValue = "",
      paramLabel = "NS",
      description =
          "The client's namespace, whose Services it may call by their bare names, and"
              + " which sees what is visible to it.")
  private String namespace = "";

  @Option(
      names = "--family",
      converter = FamilyOption.class,
      completionCandidates = FamilyOption.class,
      paramLabel = "F",
      description = "IPv4 or IPv6 (default: each Service's primary family).")
  private @Nullable Family family;

  String zone() {
    return zone;
  }

  String node() {
    return node;
  }

  String namespace() {
    return namespace;
  }

  /** Null: each Service's primary one. */
  @Nullable Family family() {
    return family;
  }
}
