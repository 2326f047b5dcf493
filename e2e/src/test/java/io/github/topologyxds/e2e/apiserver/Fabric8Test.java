package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's client gets along with the substitute, whichever way it likes to watch. */
class Fabric8Test {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void anInformerFollows(boolean onlyHttpWatches, @TempDir Path folder) throws Exception {
    try (ApiServer api = ApiServer.start()) {
      api.put(slice("a", "10.0.0.1"));
      Config config = Config.fromKubeconfig(api.kubeconfig(folder).toFile());
      config.setOnlyHttpWatches(onlyHttpWatches);
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
          SharedIndexInformer<EndpointSlice> informer =
              client.discovery().v1().endpointSlices().inAnyNamespace().inform()) {
        await().until(() -> informer.getStore().list().size() == 1);
        await().until(() -> api.openWatches() == 1);
        api.put(slice("b", "10.0.0.2"));
        await().until(() -> informer.getStore().list().size() == 2);
        client.discovery().v1().endpointSlices().inNamespace("shop").withName("a").delete();
        await().until(() -> informer.getStore().list().size() == 1);
      }
    }
  }
}
