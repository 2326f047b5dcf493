package io.github.topologyxds.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.topology.address.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules as text; the tag netns has what the kernel does by them. */
class RedirectRulesTest {
  private static final Path ENVOY_CONFIGS = Path.of("..", "envoy-configs");

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void theFilesAreWhatIsPrinted(RedirectMode mode) throws IOException {
    RedirectRules rules =
        RedirectRules.of(
            new Capture.Services(List.of(cidr("10.96.0.0/12"), cidr("fd00:96::/108"))));

    assertThat(rules.file(mode))
        .isEqualTo(Files.readString(ENVOY_CONFIGS.resolve("redirect." + mode.label())));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLeftOutComesBeforeWhatIsCaught(RedirectMode mode) {
    RedirectRules rules =
        new RedirectRules(
            new Capture.All(),
            7,
            99,
            List.of(cidr("192.0.2.0/24"), cidr("fd00::/8")),
            List.of(53, 80));

    List<String> lines = rules.text(mode).lines().map(String::strip).toList();

    assertThat(lines)
        .containsSubsequence(
            switch (mode) {
              case NFT ->
                  List.of(
                      "meta skuid 7 return",
                      "tcp dport { 53, 80 } return",
                      "ip daddr 192.0.2.0/24 return",
                      "ip6 daddr fd00::/8 return",
                      "meta l4proto tcp redirect to :99");
              case IPTABLES ->
                  List.of(
                      "-A TOPOLOGY_XDS -m owner --uid-owner 7 -j RETURN",
                      "-A TOPOLOGY_XDS -p tcp --dport 53 -j RETURN",
                      "-A TOPOLOGY_XDS -p tcp --dport 80 -j RETURN",
                      "-4 -A TOPOLOGY_XDS -d 192.0.2.0/24 -j RETURN",
                      "-6 -A TOPOLOGY_XDS -d fd00::/8 -j RETURN",
                      "-A TOPOLOGY_XDS -p tcp -j REDIRECT --to-ports 99",
                      "-I OUTPUT 1 -p tcp -j TOPOLOGY_XDS");
            });
  }
}
