package io.github.topologyxds.state.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.settings.ServiceLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceBudgetTest {
  private static final ServiceLimits.OfNamespace LIMITS =
      new ServiceLimits.OfNamespace(60_000, 100);
  private static final long UNKNOWN = ServiceModel.AGE_UNKNOWN;
  private static final long OLD = 1_000;
  private static final long YOUNG = 2_000;

  private final ServiceBudget budget = new ServiceBudget(100, LIMITS);

  @Test
  void shouldServeAllThatThereIsRoomFor() {
    budget.put(service("a", OLD), cost(0, 50));
    budget.put(service("b", YOUNG), cost(0, 50));

    assertThat(budget.settle(0)).isEmpty();
    assertThat(budget.leftOut()).isZero();
  }

  @Test
  void shouldLeaveOutTheYoungest() {
    budget.put(service("young", YOUNG), cost(0, 60));
    budget.put(service("old", OLD), cost(0, 60));

    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.leavesOut(name("young"))).isTrue();
  }

  @Test
  void shouldCountWhatHasNoTimeAsYoungestByName() {
    budget.put(service("b", UNKNOWN), cost(0, 40));
    budget.put(service("a", UNKNOWN), cost(0, 40));
    budget.put(service("c", YOUNG), cost(0, 40));

    assertThat(budget.settle(0)).containsExactly(name("b"));
  }

  @Test
  void shouldServeYoungerOnesThatFit() {
    budget.put(service("old", OLD), cost(0, 60));
    budget.put(service("huge", YOUNG), cost(0, 1_000));
    budget.put(service("small", UNKNOWN), cost(0, 40));

    assertThat(budget.settle(0)).containsExactly(name("huge"));
  }

  @Test
  void shouldTakeOneInWhenThereIsRoomAgain() {
    budget.put(service("young", YOUNG), cost(0, 60));
    budget.put(service("old", OLD), cost(0, 60));
    budget.settle(0);

    budget.remove(name("old"));

    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.leavesOut(name("young"))).isFalse();
  }

  @Test
  void shouldChargeAServiceForItsOwnObjects() {
    budget.put(service("old", OLD), cost(40, 20));
    budget.put(service("young", YOUNG), cost(30, 20));

    assertThat(budget.settle(70)).containsExactly(name("young"));
  }

  @Test
  void shouldNotTakeFromOthersForWhatANewcomerIsLeftOutWith() {
    budget.put(service("old", OLD), cost(10, 40));
    budget.put(service("young", YOUNG), cost(10, 20));
    budget.put(service("newcomer", UNKNOWN), cost(45, 1_000));

    assertThat(budget.settle(65)).containsExactly(name("newcomer"));
  }

  @Test
  void shouldServeWhatIsLeftWhereObjectsFillTheHeap() {
    budget.put(service("old", OLD), cost(0, 20));
    budget.put(service("young", YOUNG), cost(0, 20));

    assertThat(budget.settle(85)).isEmpty();
    assertThat(budget.settle(86)).containsExactly(name("young"));
    // However much is held, a quarter of the budget stays.
    assertThat(budget.settle(1_000_000)).isEmpty();
    assertThat(budget.leavesOut(name("old"))).isFalse();
  }

  @Test
  void shouldDecideTheSameWhateverTheOrderOfEvents() {
    Random random = new Random(7);
    for (int world = 0; world < 200; world++) {
      Map<ServiceModel, ServingCost> services = new HashMap<>();
      for (int i = 0; i < 12; i++) {
        long created = random.nextInt(4) == 0 ? UNKNOWN : OLD + random.nextInt(5);
        services.put(service("s" + i, created), cost(random.nextInt(10), 1L + random.nextInt(30)));
      }
      assertThat(leftOut(services, new Random(world)))
          .containsExactlyInAnyOrderElementsOf(leftOut(services, new Random(world + 1000)));
    }
  }

  /** Puts them in some order, some of them twice, with others that go again. */
  private static List<String> leftOut(Map<ServiceModel, ServingCost> services, Random random) {
    ServiceBudget budget = new ServiceBudget(100, LIMITS);
    List<ServiceModel> order = new ArrayList<>(services.keySet());
    Collections.shuffle(order, random);
    for (ServiceModel service : order) {
      budget.put(service("passing", OLD), cost(0, random.nextInt(100)));
      budget.put(service(service.name().name(), YOUNG), cost(0, random.nextInt(100)));
      budget.settle(random.nextInt(50));
      budget.put(service, services.getOrDefault(service, cost(0, 0)));
    }
    budget.remove(name("passing"));
    budget.settle(0);
    return services.keySet().stream()
        .map(service -> service.name())
        .filter(budget::leavesOut)
        .map(ObjectName::name)
        .toList();
  }

  @Test
  void shouldServeNoMoreClustersThanAClientMayAskFor() {
    budget.put(service("old", OLD), new ServingCost(0, 0, ServiceBudget.NAMES - 1, 100, 0));
    budget.put(service("young", YOUNG), new ServingCost(0, 0, 2, 100, 0));
    budget.put(service("youngest", UNKNOWN), new ServingCost(0, 0, 1, 100, 0));

    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.lacking(name("young"))).contains(Reason.CLUSTERS_LIMIT);
  }

  @Test
  void shouldServeNoMoreCharactersOfNamesThanAClientMayAskFor() {
    budget.put(service("old", OLD), new ServingCost(0, 0, 1, ServiceBudget.NAME_CHARACTERS - 1, 0));
    budget.put(service("young", YOUNG), new ServingCost(0, 0, 1, 2, 0));

    assertThat(budget.settle(0)).containsExactly(name("young"));
    budget.remove(name("old"));
    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.lacking(name("young"))).isEmpty();
  }

  @Test
  void shouldServeOnlySoMuchOfANamespace() {
    budget.put(service("old", OLD), new ServingCost(0, 0, 1, 10, 60));
    budget.put(service("young", YOUNG), new ServingCost(0, 0, 1, 10, 41));
    budget.put(service("youngest", UNKNOWN), new ServingCost(0, 0, 1, 10, 40));

    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.lacking(name("young"))).contains(Reason.NAMESPACE_LIMIT);

    budget.put(service("old", OLD), new ServingCost(0, 0, 1, 10, 10));
    assertThat(budget.settle(0)).containsExactly(name("young"));
    assertThat(budget.leftOut()).isZero();
  }

  private static ServingCost cost(long held, long serving) {
    return new ServingCost(held, serving, 1, 10, 1);
  }

  private static ObjectName name(String name) {
    return new ObjectName("shop", name);
  }

  private static ServiceModel service(String name, long created) {
    return new ServiceModel(
        name(name),
        ServiceType.CLUSTER_IP,
        List.of(),
        List.of(),
        List.of(new ServicePort("http", 80, Protocol.TCP, "")),
        ServiceTopology.DEFAULT,
        false,
        created);
  }
}
