package io.github.topologyxds.cli.flags;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The client that an offline command answers for. */
public final class ClientFlags {
  @Mixin private PlaceFlags place = new PlaceFlags();

  @Option(
      names = "--namespace",
      defaultValue = "",
      paramLabel = "NS",
      description =
          "The client's namespace, whose Services it may call by their bare names, and"
              + " which sees what is visible to it.")
  private String namespace = "";

  /** Returns from where it looks. */
  public PlaceFlags place() {
    return place;
  }

  /** Returns the namespace of the client; "": none. */
  public String namespace() {
    return namespace;
  }
}
