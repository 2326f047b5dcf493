package io.github.topologyxds.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server a command asks that no files can answer. */
final class ServerFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--admin",
      converter = ApiAddress.class,
      paramLabel = "HOST:PORT",
      description =
          "The API of the server (serve --api). Default: all ready replicas in the cluster are"
              + " asked.")
  private @Nullable URI address;

  @Mixin private ReplicaFlags replicas = new ReplicaFlags();

  /** Opens it; the caller closes it. */
  LiveServer open() {
    LiveFlags flags = new LiveFlags(spec, replicas);
    return flags.open(address, flags.hint());
  }
}
