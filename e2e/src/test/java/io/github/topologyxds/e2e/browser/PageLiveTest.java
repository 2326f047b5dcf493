package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** The page shows what changes without being loaded again, and outlives its server. */
@Tag("browser")
class PageLiveTest {
  private static final PageWorld WORLD = new PageWorld(3, 5, 6);

  /** It is loaded once: what a script left in it stays. */
  private static final String MARK =
      "window.loaded = (window.loaded ?? 0) + 1; return window.loaded";

  private static final String HEALTHY =
      """
      return document.querySelectorAll('table[aria-label="Endpoints"] td.healthy').length
      """;

  private static final String CROSSED_OUT =
      """
      return [...document.querySelectorAll('table[aria-label="Expected shares"] th s')].map(s => s.innerText)
      """;

  @TempDir private Path folder = Path.of("");

  private void endpointsAreReady(String ready) throws Exception {
    WorkspaceFiles.replace(
        folder.resolve("world.yaml"),
        WORLD.yaml().replaceAll("ready: (true|false)", "ready: " + ready));
  }

  @Test
  void showsAChangeInAllTabs() throws Exception {
    endpointsAreReady("true");
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("#service=shop/cart&zone=zone-a");
      String first = browser.driver().getWindowHandle();
      assertThat(browser.json(MARK).intValue()).isOne();
      assertThat(browser.json(HEALTHY).intValue()).isEqualTo(6);
      browser.await(".freshness", "live");

      long began = System.nanoTime();
      endpointsAreReady("false");
      Wait.until("no healthy endpoint").until(() -> browser.json(HEALTHY).intValue() == 0);
      System.out.println(
          "page: a change was shown after "
              + Duration.ofNanos(System.nanoTime() - began).toMillis()
              + " ms");
      assertThat(browser.json("return window.loaded").intValue()).isOne();

      browser.driver().switchTo().newWindow(WindowType.TAB);
      browser.wide();
      browser.open("#service=shop/cart&zone=zone-a");
      browser.await(".freshness", "live");
      endpointsAreReady("true");
      Wait.until("all healthy again").until(() -> browser.json(HEALTHY).intValue() == 6);
      browser.driver().switchTo().window(first);
      Wait.until("all healthy there, too").until(() -> browser.json(HEALTHY).intValue() == 6);
      assertThat(browser.json("return window.loaded").intValue()).isOne();
      browser.assertQuiet();
    }
  }

  @Test
  void crossesOutAZoneThatIsEmptied() throws Exception {
    endpointsAreReady("true");
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("#service=shop/cart&zone=zone-a");
      browser.await(".freshness", "live");
      assertThat(browser.json(CROSSED_OUT)).isEmpty();

      WorkspaceFiles.replace(
          folder.resolve("shift.yaml"),
          """
          {apiVersion: topology-xds.io/v1alpha1, kind: ZonalShift, metadata: {name: move},
           spec: {awayFrom: zone-b, expireAt: '%s', comment: new racks}}
          """
              .formatted(Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS)));
      browser.await(
          ".banner.shifts",
          "^zone-b is emptied for another \\d+ min: ZonalShift move \\(new racks\\)$");
      assertThat(browser.json(CROSSED_OUT).toString()).isEqualTo("[\"zone-b\",\"zone-b\"]");
      browser.picture("shift");
      browser.narrow();
      browser.picture("shift-phone");
      browser.wide();

      Files.delete(folder.resolve("shift.yaml"));
      Wait.until("the banner to go").until(() -> browser.text(".banner.shifts").isEmpty());
      assertThat(browser.json(CROSSED_OUT)).isEmpty();
      browser.assertQuiet();
    }
  }

  @Test
  void outlivesItsServer() throws Exception {
    endpointsAreReady("true");
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("#service=shop/cart&zone=zone-a");
      browser.await(".freshness", "live");
      server.stop();

      browser.await(".banner", "does not answer");
      assertThat(browser.text(".freshness")).contains("silent");
      assertThat(browser.text(".services")).contains("shop/cart");
      assertThat(browser.json(HEALTHY).intValue()).isEqualTo(6);
      browser.picture("server-gone");

      server.startAgain();
      Wait.until("the line to go")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !browser.text("body").contains("does not answer"));
      browser.await(".freshness", "live");
      endpointsAreReady("false");
      Wait.until("no healthy endpoint").until(() -> browser.json(HEALTHY).intValue() == 0);
      // What the browser itself says of requests that nobody answered.
      assertThat(browser.complaints()).allMatch(line -> line.contains("net::ERR_"));
    }
  }
}
