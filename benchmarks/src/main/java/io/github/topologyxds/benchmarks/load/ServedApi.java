package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.benchmarks.GeneratedApi;
import io.github.topologyxds.topology.settings.Balance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A generated Kubernetes API on loopback, and a kubeconfig that leads there. */
record ServedApi(GeneratedApi api, Path kubeconfig, Balance balance) implements ServedWorld {
  private static final int NODES = 30;

  static ServedApi create(LoadPlan.World world) throws IOException {
    GeneratedApi api = GeneratedApi.start(world.services(), world.endpoints(), NODES);
    return new ServedApi(api, api.kubeconfig(), world.balance());
  }

  @Override
  public List<String> flags() {
    return List.of(
        "--kubernetes", "--kubeconfig", kubeconfig.toString(), "--balance", balance.label());
  }

  @Override
  public void change(int service, String address) {
    api.change(service, address);
  }

  @Override
  public void add(int service) {
    api.add(service);
  }

  @Override
  public void close() throws IOException {
    api.close();
    Files.delete(kubeconfig);
  }
}
