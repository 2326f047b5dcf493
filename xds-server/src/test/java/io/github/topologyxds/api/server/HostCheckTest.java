package io.github.topologyxds.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign page's own name must not lead here, whatever it resolves to. */
class HostCheckTest {
  private final HostCheck check = new HostCheck(List.of("Xds.Example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:18002",
        "localhost.",
        "127.0.0.1:18002",
        "10.2.3.4",
        "[::1]:18002",
        "[2001:db8::1]",
        "xds.example:80",
        "xds.example."
      })
  void answers(String host) {
    assertThat(check.refusal(List.of(host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "2130706433",
        "0x7f.1",
        "a.xds.example",
        "xds.example:x",
        "xds.example:80:80",
        "[::1",
        "h\u0000st"
      })
  void refuses(String host) {
    assertThat(check.refusal(List.of(host)))
        .hasValueSatisfying(why -> assertThat(why).doesNotContain("\u0000"));
  }

  @Test
  void refusesNoneAndTwo() {
    assertThat(check.refusal(List.of())).isPresent();
    assertThat(check.refusal(List.of("localhost", "localhost"))).isPresent();
  }
}
