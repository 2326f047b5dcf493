package io.github.topologyxds.topology.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,IPV4,10.0.0.1",
    "010.000.0.001,IPV4,10.0.0.1",
    "127.1.1.1,IPV4,127.1.1.1",
    "223.255.255.255,IPV4,223.255.255.255",
    "FD00:0:0::1,IPV6,fd00::1",
    "fe80::1,IPV6,fe80::1"
  })
  void shouldWriteOneFormOfAnAddress(String text, Family family, String canonical) {
    assertThat(IpLiteral.canonical(text, family)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "256.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "0x0a.0.0.1",
        "1234.0.0.1",
        "10.0.0.1 ",
        "db.example.com",
        "::ffff:10.0.0.1",
        "١.1.1.1"
      })
  void shouldRefuseWhatIsNoUnicastIpv4(String text) {
    assertThat(IpLiteral.canonical(text, Family.IPV4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "::", "ff02::1", "fe80::1%eth0", "::ffff:10.0.0.1", "10.0.0.1", "fd00::g"})
  void shouldRefuseWhatIsNoUnicastIpv6(String text) {
    assertThat(IpLiteral.canonical(text, Family.IPV6)).isEmpty();
  }
}
