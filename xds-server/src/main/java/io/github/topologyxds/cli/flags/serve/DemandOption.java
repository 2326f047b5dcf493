package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.cli.values.PodNamespace;
import io.github.topologyxds.demand.CountedClients;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --demand}: whose clients are counted. */
final class DemandOption implements ITypeConverter<CountedClients>, Iterable<String> {
  /** What a shell completes. */
  @Override
  public Iterator<String> iterator() {
    return List.of("nodes", "own", "shared").iterator();
  }

  @Override
  public CountedClients convert(String text) {
    return switch (text) {
      case "nodes" -> new CountedClients.Nobodys();
      case "own" -> new CountedClients.Own();
      case "shared" -> new CountedClients.OfAllReplicas(PodNamespace.ofThisProcess());
      default ->
          throw new TypeConversionException(
              "'" + text + "' is no way to know the demand (nodes, own, shared)");
    };
  }
}
