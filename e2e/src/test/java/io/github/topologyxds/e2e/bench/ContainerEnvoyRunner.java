package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.envoy.EnvoyAdmin;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Envoys in containers, by default of Envoy's own image; {@value #IMAGE_PROPERTY} names another.
 * They share the host's network: the backends have addresses of 127.0.0.0/8, the server listens on
 * 127.0.0.1, and so do the ports that the bootstrap names. So no port is exposed or mapped.
 */
public final class ContainerEnvoyRunner implements EnvoyRunner {
  static final String IMAGE_PROPERTY = "e2e.envoy.image";
  private static final String DEFAULT_IMAGE = "envoyproxy/envoy:v1.40.0";
  private static final String BOOTSTRAP = "/etc/envoy/bootstrap.yaml";

  /** The image's user is not root; the file is copied in as root's. */
  private static final int READABLE_BY_ALL = 0644;

  @Override
  public RunningEnvoy launch(EnvoySpec spec) {
    GenericContainer<?> container =
        new GenericContainer<>(
                DockerImageName.parse(System.getProperty(IMAGE_PROPERTY, DEFAULT_IMAGE)))
            .withNetworkMode("host")
            .withCopyToContainer(Transferable.of(spec.bootstrap(), READABLE_BY_ALL), BOOTSTRAP)
            .withCommand(
                "envoy",
                "--config-path",
                BOOTSTRAP,
                "--use-dynamic-base-id",
                "--concurrency",
                Integer.toString(spec.concurrency()),
                "--log-level",
                "warning");
    container.start();
    return new Running(container, new EnvoyAdmin(spec.ports().admin()), spec.readyWithin());
  }

  private record Running(GenericContainer<?> container, EnvoyAdmin admin, Duration readyWithin)
      implements RunningEnvoy {
    @Override
    public void awaitReady() throws IOException {
      try {
        Awaitility.await()
            .atMost(readyWithin)
            .pollInterval(Duration.ofMillis(20))
            .ignoreExceptions()
            .until(() -> admin.get("/ready").startsWith("LIVE"));
      } catch (ConditionTimeoutException e) {
        throw new IOException("Envoy's container was not ready in time: " + container.getLogs(), e);
      }
    }

    @Override
    public void close() {
      container.stop();
    }
  }
}
