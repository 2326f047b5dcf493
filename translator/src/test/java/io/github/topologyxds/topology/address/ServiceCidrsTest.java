package io.github.topologyxds.topology.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Services are, by the clusterIPs that there are. */
class ServiceCidrsTest {
  @ParameterizedTest
  @CsvSource({
    "10.96.0.1, 10.96.0.0/24",
    "10.96.0.1 10.96.0.200, 10.96.0.0/24",
    "10.96.0.1 10.96.1.1, 10.96.0.0/23",
    "10.96.0.1 10.111.255.254, 10.96.0.0/12",
    "10.96.0.1 10.112.0.1, 10.96.0.0/24 10.112.0.0/24",
    "fd00:96::1, fd00:96::/120",
    "fd00:96::1 fd00:96::f:ffff, fd00:96::/108",
    "fd00:96::31 10.96.0.31, 10.96.0.0/24 fd00:96::/120",
    "192.168.255.1 10.0.0.1, 10.0.0.0/24 192.168.255.0/24",
    "223.255.255.255, 223.255.255.0/24"
  })
  void holdTheAddresses(String addresses, String expected) {
    assertThat(ServiceCidrs.of(List.of(addresses.split(" ", -1))))
        .map(Cidr::toString)
        .containsExactly(expected.split(" ", -1));
  }

  @Test
  void areNoneWithoutAddresses() {
    assertThat(ServiceCidrs.of(List.of())).isEmpty();
  }

  /** Whatever the order in which objects are told of: all replicas make the same of them. */
  @ParameterizedTest
  @CsvSource({
    "10.96.0.0/12, 10.96.0.0/12",
    "10.96.0.9/12, 10.96.0.0/12",
    "10.96.0.0/16 10.96.0.0/12 10.100.0.0/24 10.96.0.0/12, 10.96.0.0/12",
    "10.200.0.0/24 10.96.0.0/12 fd00:96::/64 9.0.0.0/8, 9.0.0.0/8 10.96.0.0/12 10.200.0.0/24 fd00:96::/64",
    "fd00:96::/108 10.96.0.0/12, 10.96.0.0/12 fd00:96::/108",
    "10.96.0.0/13 10.104.0.0/13, 10.96.0.0/13 10.104.0.0/13",
    "none 10.96.0.0 10.96.0.0/33 10.96.0.0/24, 10.96.0.0/24"
  })
  void ofObjectsAreSortedAndNoneIsWithinAnother(String ranges, String expected) {
    List<String> told = new ArrayList<>(List.of(ranges.split(" ", -1)));
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(told, new Random(i));
      assertThat(ServiceCidrs.announced(told))
          .map(Cidr::toString)
          .containsExactly(expected.split(" ", -1));
    }
  }

  @Test
  void whatIsToldGoesBeforeObjectsAndTheseBeforeAddresses() {
    ServiceRange told = new ServiceRange(ServiceCidrs.announced(List.of("10.1.0.0/16")));
    List<Cidr> announced = ServiceCidrs.announced(List.of("10.96.0.0/12"));
    List<String> clusterIps = List.of("10.112.0.1");

    assertThat(ServiceCidrs.of(told, announced, () -> clusterIps)).isEqualTo(told.cidrs());
    assertThat(ServiceCidrs.of(ServiceRange.ANY, announced, () -> clusterIps)).isEqualTo(announced);
    assertThat(ServiceCidrs.of(ServiceRange.ANY, List.of(), () -> clusterIps))
        .map(Cidr::toString)
        .containsExactly("10.112.0.0/24");
  }

  /** Growing as Services come, 12 times at most; always within the API server's own range. */
  @Test
  void changeRarelyWhileServicesCome() {
    Random random = new Random(1);
    Cidr own = Cidr.parse("10.96.0.0/12").orElseThrow();
    List<String> addresses =
        IntStream.range(0, 500)
            .mapToObj(i ->
                "10."
                    + (96 + random.nextInt(16))
                    + "."
                    + random.nextInt(256)
                    + "."
                    + (1 + random.nextInt(254)))
            .toList();
    List<List<Cidr>> seen =
        IntStream.rangeClosed(1, addresses.size())
            .mapToObj(n -> ServiceCidrs.of(addresses.subList(0, n)))
            .toList();
    assertThat(seen.stream().distinct()).hasSizeLessThanOrEqualTo(12);
    assertThat(seen).allSatisfy(ranges -> assertThat(ranges).hasSize(1));
    assertThat(seen.getLast().getFirst().span(own)).isEqualTo(own);
  }
}
