package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** For everybody: by keyboard, in both colour schemes, on a phone, without motion. */
@Tag("browser")
class PageAccessTest {
  private static final int MAX_TABS = 120;

  @TempDir private static Path folder = Path.of("");

  private static PageServer server;
  private static Browser browser;
  private static ClaimingClient refusing;

  @BeforeAll
  static void start() throws Exception {
    new PageWorld(9, 30, 12).write(folder);
    server = new PageServer(folder);
    refusing = new ClaimingClient(server.xdsPort(), "edge/gw-0", "", "cannot bind 127.0.0.1:15001");
    browser = new Browser(server.origin());
  }

  @AfterAll
  static void stop() {
    browser.close();
    refusing.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"light, 1400", "dark, 1400", "light, 360", "dark, 360"})
  void hasNoBarriers(String scheme, int width) throws Exception {
    browser.size(width, 1000);
    browser.scheme(scheme);
    browser.open("#service=shop/cart&zone=zone-a&what-if=zone-down=zone-b");
    browser.await(".banner", "refuses");
    browser.picture(scheme + "-" + width);

    Barriers.assertNone(browser);
    assertThat(overflow()).isZero();
  }

  /** All that is known of a stream, and no barrier in it. */
  @ParameterizedTest
  @ValueSource(ints = {1400, 360})
  void showsOneProxy(int width) throws Exception {
    browser.size(width, 1000);
    browser.open("#client=edge/gw-0");
    browser.await(".proxy", "clusters\\s+refused for .* cannot bind 127.0.0.1:15001");
    assertThat(browser.text(".proxy"))
        .contains("edge/gw-0", "from 127.0.0.1:", "not asked", "close");
    var unused =
        browser.driver().executeScript("document.querySelector('.proxy').scrollIntoView()");
    browser.picture("proxy-" + width);
    Barriers.assertNone(browser);
    assertThat(overflow()).isZero();
    browser.find(".proxy h2 a").click();
    Wait.until("the proxy to go").until(() -> browser.text(".proxy").isEmpty());
  }

  /** By how many pixels the page is wider than the window. */
  private static int overflow() {
    return browser
        .json("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .intValue();
  }

  @Test
  void canBeUsedWithoutAMouse() {
    browser.wide();
    browser.open("");
    browser.press(Keys.TAB);
    tabTo("[aria-label='Services whose name holds']", "");
    browser.press("cart");
    browser.await(".services h2", "1 match");
    tabTo(".services a", "shop/cart");
    browser.press(Keys.ENTER);
    browser.await("#service", "shop/cart");
    browser.await("#verdict", "leaves");
    assertThat(focused()).isEqualTo("service");

    tabTo("[aria-label='Zone of the client']", "");
    String zone =
        browser
            .json("return new URLSearchParams(location.hash.slice(1)).get('zone')")
            .stringValue("");
    browser.press(Keys.ARROW_DOWN);
    browser.await("#verdict", "(stays in|from nowhere)");
    assertThat(
            browser
                .json("return new URLSearchParams(location.hash.slice(1)).get('zone')")
                .stringValue(""))
        .isNotEqualTo(zone);
    tabTo("summary", "What if");
    browser.press(Keys.ENTER);
    tabTo("[type=checkbox]", "");
    browser.press(Keys.SPACE);
    browser.await(".what-if", "tried: zone-down=zone-");
    browser.settled();
    tabTo(".what-if a", "as it is");
    browser.press(Keys.ENTER);
    Wait.until("nothing is tried").until(() -> !browser.text(".what-if").contains("tried"));
    browser.settled();
    browser.driver().navigate().back();
    browser.await(".what-if", "tried: zone-down=zone-");
  }

  /** Presses Tab until such an element with this text has the focus. */
  private static void tabTo(String selector, String text) {
    for (int i = 0; i < MAX_TABS; i++) {
      boolean there =
          Boolean.TRUE.equals(
              browser
                  .driver()
                  .executeScript(
                      "const e = document.activeElement;"
                          + "return e.matches(arguments[0]) && e.innerText.includes(arguments[1])",
                      selector,
                      text));
      if (there) {
        assertThat(
                browser
                    .json("return getComputedStyle(document.activeElement).outlineStyle")
                    .stringValue(""))
            .as("the focus is seen")
            .isNotEqualTo("none");
        return;
      }
      browser.press(Keys.TAB);
    }
    throw new AssertionError("the keyboard does not get to " + selector + " " + text);
  }

  private static String focused() {
    return browser.json("return document.activeElement.id").stringValue("");
  }

  @Test
  void standsStillForWhoAsksForThat() {
    browser.wide();
    browser.open("#service=shop/cart&zone=zone-a");
    assertThat(moving()).isPositive();
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    assertThat(moving()).isZero();
  }

  private static int moving() {
    return browser
        .json(
            "return [...document.querySelectorAll('*')]"
                + ".filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length")
        .intValue();
  }
}
