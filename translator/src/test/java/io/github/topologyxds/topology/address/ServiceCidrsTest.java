package io.github.topologyxds.topology.address;

import static org.assertj.core.api.Assertions.assertThat;

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
