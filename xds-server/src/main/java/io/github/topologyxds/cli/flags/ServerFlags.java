package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.replicas.LiveServer;
import io.github.topologyxds.cli.values.ApiAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server a command asks that no files can answer. */
public final class ServerFlags {
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
  public LiveServer open() {
    LiveFlags flags = new LiveFlags(spec, replicas);
    return flags.open(address, flags.hint());
  }
}
