package io.github.topologyxds.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every Service that the API server lets through, and every client. */
class TranslatorPropertiesTest {
  private static final Translator TRANSLATOR = new Translator(RoutingOptions.DEFAULT);
  private static final Translator STRICT =
      new Translator(new RoutingOptions(Preference.NONE, false, NotReady.AUTO));

  @Property(tries = 3000)
  void shouldNeverMakeWhatEnvoyRefuses(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ServiceState state = service.state();
    ClientView view = service.view();
    for (PortTranslation port : TRANSLATOR.translate(state).ports()) {
      Assignment assignment = port.assign(view);
      if (port.hasNames()) {
        XdsResource cluster = AssignmentForm.NAMES.resource(port, view, assignment);
        assertThat(cluster.type()).isEqualTo(ResourceType.CLUSTER);
        assertThat(healthyAtFirst(assignment)).allMatch(name -> name.matches("[a-z.]+ [0-9]+"));
      } else {
        assertThat(EnvoyValidity.violation(assignment.message())).isEmpty();
      }
    }
  }

  @Property(tries = 2000)
  void shouldShareBytesOnlyAmongViewsThatGetTheSame(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ServiceState state = service.state();
    ClientView view = service.view();
    for (PortTranslation port : TRANSLATOR.translate(state).ports()) {
      assertThat(port.assign(port.reduce(view)).message()).isEqualTo(port.assign(view).message());
      assertThat(port.anyNodeMatters() || !ClientView.isPlace(port.reduce(view).node())).isTrue();
    }
  }

  @Property(tries = 2000)
  void shouldMakeEqualBytesWhateverTheOrderOfTheInput(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ServiceState state = service.state();
    ClientView view = service.view();
    List<String> versions = versions(TRANSLATOR.translate(state), view);
    assertThat(versions(TRANSLATOR.translate(shuffled(state, seed)), view)).isEqualTo(versions);
  }

  /** With --no-derive and no preference of ours, P0's HEALTHY endpoints are kube-proxy's set. */
  @Property(tries = 3000)
  void shouldUseWhatKubeProxyUses(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ServiceState state = withoutOurPreferences(service.state());
    ClientView view = service.view();
    Family family = view.family() == null ? Family.IPV4 : view.family();
    Set<String> expected =
        new KubeProxyReference(state, family).uses("http", view.node(), view.zone());
    PortTranslation port = STRICT.translate(state).ports().getFirst();
    // kube-proxy knows no names; they are served only where there is nothing else.
    assertThat(port.hasNames() ? Set.of() : healthyAtFirst(port.assign(view))).isEqualTo(expected);
  }

  /** Behind a zone that is emptied there is nobody who could serve in its place (rule 13). */
  @Property(tries = 3000)
  void shouldKeepEmptiedZonesForTheLast(@ForAll long seed) {
    RandomService service = new RandomService(seed);
    ServiceState state = service.state();
    ClientView view = service.view();
    for (PortTranslation port : TRANSLATOR.translate(state).ports()) {
      ShiftedZones emptied = port.routing(view).shifts().emptied();
      if (port.hasNames() || emptied.isEmpty()) {
        continue;
      }
      SortedSet<Integer> inUse = new TreeSet<>();
      SortedSet<Integer> inEmptied = new TreeSet<>();
      for (LocalityLbEndpoints locality : port.assign(view).message().getEndpointsList()) {
        if (locality.getLbEndpointsList().stream()
            .anyMatch(endpoint -> endpoint.getHealthStatus() == HealthStatus.HEALTHY)) {
          var zone = emptied.of(locality.getLocality().getZone());
          assertThat(zone.filter(ShiftedZone::dropped)).isEmpty();
          (zone.isEmpty() ? inUse : inEmptied).add(locality.getPriority());
        }
      }
      assertThat(inEmptied).hasSizeLessThanOrEqualTo(1);
      assertThat(inEmptied)
          .allSatisfy(
              last -> assertThat(inUse).allSatisfy(tier -> assertThat(tier).isLessThan(last)));
    }
  }

  private static Set<String> healthyAtFirst(Assignment assignment) {
    Set<String> healthy = new TreeSet<>();
    for (LocalityLbEndpoints locality : assignment.message().getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        var address = endpoint.getEndpoint().getAddress().getSocketAddress();
        if (locality.getPriority() == 0 && endpoint.getHealthStatus() == HealthStatus.HEALTHY) {
          healthy.add(address.getAddress() + " " + address.getPortValue());
        }
      }
    }
    return healthy;
  }

  private static List<String> versions(ServiceTranslation translation, ClientView view) {
    return translation.ports().stream()
        .map(port -> port.cluster().name() + port.assign(view).message())
        .collect(Collectors.toList());
  }

  /** The same Service with its slices' ports and endpoints in another order. */
  private static ServiceState shuffled(ServiceState state, long seed) {
    Random random = new Random(seed + 1);
    List<SliceModel> slices = new ArrayList<>();
    for (SliceModel slice : state.slices()) {
      List<EndpointModel> endpoints = new ArrayList<>(slice.endpoints());
      Collections.shuffle(endpoints, random);
      slices.add(
          new SliceModel(
              slice.name(),
              slice.service(),
              slice.addressType(),
              slice.headlessLabel(),
              slice.ports(),
              endpoints));
    }
    return state.withSlices(slices);
  }

  private static ServiceState withoutOurPreferences(ServiceState state) {
    var service = state.service();
    var topology = service.topology();
    return new ServiceState(
        new io.github.topologyxds.model.ServiceModel(
            service.name(),
            io.github.topologyxds.model.ServiceType.CLUSTER_IP,
            List.of("10.96.0.1"),
            service.ipFamilies(),
            service.ports(),
            new io.github.topologyxds.model.ServiceTopology(
                topology.trafficDistribution(), topology.auto(), topology.localOnly(), "", ""),
            false,
            service.created()),
        null,
        state.slices(),
        state.seenReady(),
        state.topology());
  }
}
