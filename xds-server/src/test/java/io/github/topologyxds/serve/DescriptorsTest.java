package io.github.topologyxds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many connections clients may have, by what the process may open. */
class DescriptorsTest {
  @Test
  void leavesRoomForTheRestOfTheProcess() {
    assertThat(Descriptors.forClients(1024, 80)).isEqualTo(1024 - 80 - 224);
    assertThat(Descriptors.forClients(1_048_576, 80)).isGreaterThan(1_000_000);
  }

  @Test
  void isOneAtLeastAndNoMoreThanCanBeCounted() {
    assertThat(Descriptors.forClients(64, 80)).isEqualTo(1);
    assertThat(Descriptors.forClients(Long.MAX_VALUE, 0)).isEqualTo(Integer.MAX_VALUE);
  }
}
