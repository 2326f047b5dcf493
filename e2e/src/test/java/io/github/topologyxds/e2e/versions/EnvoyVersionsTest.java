package io.github.topologyxds.e2e.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.bench.Workload;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bootstrap, in both variants, with every version that the page of prerequisites names:
 * nothing is rejected, nothing that we send or print is deprecated, and traffic goes near and
 * moves.
 */
@Tag("envoy-versions")
class EnvoyVersionsTest {
  private static final List<String> VERSIONS =
      List.of("1.36.2", "1.36.4", "1.37.0", "1.38.3", "1.39.3", "1.40.0");

  private static final ServiceSpec CART = ServiceSpec.of(Bench.NAMESPACE, "cart");

  /** What an Envoy is started as. */
  enum Shape {
    SIDECAR {
      @Override
      Proxy start(Bench bench, XdsProtocol protocol) throws IOException {
        return bench.sidecar("node-a", protocol);
      }
    },
    SIDECAR_ON_DEMAND {
      @Override
      Proxy start(Bench bench, XdsProtocol protocol) throws IOException {
        return bench.sidecarOnDemand("node-a");
      }
    },
    GATEWAY {
      @Override
      Proxy start(Bench bench, XdsProtocol protocol) throws IOException {
        return bench.proxy(BootstrapKind.GATEWAY, Bench.inShop("node-a"), protocol);
      }
    },
    EDS_ONLY {
      @Override
      Proxy start(Bench bench, XdsProtocol protocol) throws IOException {
        return bench.proxy(BootstrapKind.EDS_ONLY, Bench.inShop("node-a"), protocol);
      }
    };

    abstract Proxy start(Bench bench, XdsProtocol protocol) throws IOException;

    /** On demand needs the delta variant. */
    Stream<XdsProtocol> protocols() {
      return Stream.of(XdsProtocol.values())
          .filter(protocol -> this != SIDECAR_ON_DEMAND || protocol == XdsProtocol.DELTA);
    }
  }

  static Stream<Arguments> everyKind() {
    return VERSIONS.stream()
        .flatMap(version ->
            Stream.of(Shape.values())
                .flatMap(shape ->
                    shape.protocols().map(protocol -> Arguments.of(version, shape, protocol))));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void takesAllThatItIsSent(String version, Shape shape, XdsProtocol protocol) throws Exception {
    try (Bench bench = new Bench(new ProcessEnvoyRunner(EnvoyBinary.ofVersion(version)))) {
      bench.world().zones(2);
      Workload cart = bench.workload(CART.withPort("http", 80, FreePorts.next()), 2);
      bench.startServer();
      Proxy proxy = shape.start(bench, protocol);
      assertThat(proxy.admin().get("/server_info")).contains("/" + version + "/");
      Wait.until("an answer").until(() -> proxy.status(CART.authority()) == 200);

      assertOnlyFrom("zone-a", cart, proxy);
      cart.mark(EndpointState.UNREADY, Workload.inZone("zone-a"));
      Wait.until("the next zone")
          .until(() -> {
            cart.resetCounts();
            return proxy.status(CART.authority()) == 200
                && cart.counted(Workload.inZone("zone-b")) == 1;
          });
      assertOnlyFrom("zone-b", cart, proxy);

      assertNone(proxy, "update_rejected|init_fetch_timeout");
      assertNone(proxy, "deprecated_feature");
    }
  }

  private static void assertOnlyFrom(String zone, Workload cart, Proxy proxy) {
    cart.resetCounts();
    LoadResult result = proxy.send(LoadBounds.of(100, 4), CART.authority());
    assertThat(result.failed()).as(result.byStatus() + " " + result.firstError()).isZero();
    assertThat(cart.counted(Workload.inZone(zone))).isEqualTo(100);
  }

  private static void assertNone(Proxy proxy, String stats) throws IOException {
    Map<String, Long> found = proxy.admin().statsMatching(stats);
    assertThat(found)
        .as(stats)
        .isNotEmpty()
        .allSatisfy((name, count) -> assertThat(count).as(name).isZero());
  }
}
