package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * What axe says of a page. It is run in the page itself: its builder for Selenium opens another
 * window, which it gives one second to load, and when that fails its result has no violations.
 */
final class Barriers {
  private static final Duration MAX_LOOK = Duration.ofMinutes(2);

  /** Returns the rules that hold, and the ones that do not with three elements each. */
  private static final String LOOK =
      """
      const told = arguments[0];
      axe.run(document).then(
        r => told([r.passes.map(rule => rule.id), r.violations.map(rule =>
          `${rule.id}: ${rule.nodes.slice(0, 3).map(n => `${n.html} ${n.failureSummary}`)}`)]),
        e => told(String(e)));
      """;

  private Barriers() {}

  /** Fails if a rule is broken, or too few were looked at. */
  static void assertNone(Browser browser) throws Exception {
    ChromeDriver driver = browser.driver();
    var unused = driver.manage().timeouts().scriptTimeout(MAX_LOOK);
    driver.executeScript(new EmbeddedResourceAxeProvider().getScript());
    Object told = driver.executeAsyncScript(LOOK);
    assertThat(told).as("what axe says").isInstanceOf(List.class);
    List<?> rules = (List<?>) told;
    assertThat((List<?>) rules.get(1)).as("violations").isEmpty();
    assertThat((List<?>) rules.get(0)).as("rules that hold").hasSizeGreaterThan(15);
  }
}
