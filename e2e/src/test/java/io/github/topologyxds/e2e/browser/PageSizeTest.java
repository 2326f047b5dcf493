package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * 500 Services with 50 endpoints each: what is read and drawn stays small. How long it takes is
 * printed (docs/performance.md), and on a machine that does other things too is no matter of a
 * test.
 */
@Tag("browser")
class PageSizeTest {
  private static final PageWorld WORLD = new PageWorld(9, 500, 50);

  /**
   * From a click on a Service to the frame that shows what a client gets of it, and when within
   * that the server was asked, and its answer was there: in milliseconds.
   */
  private static final String CLICK =
      """
      const done = arguments[1];
      const link = [...document.querySelectorAll('.services a')].find(a => a.innerText === arguments[0]);
      performance.clearResourceTimings();
      const began = performance.now();
      const shown = () => {
        const asked = performance.getEntriesByType('resource').find(one => one.name.includes('/explain'));
        done([asked.startTime, asked.responseEnd, performance.now()].map(time => Math.round(time - began)).join(', '));
      };
      const look = () => document.querySelector('#service')?.innerText === arguments[0]
          && document.querySelector('.service[aria-busy=false] #verdict') ? shown()
          : requestAnimationFrame(look);
      link.click();
      requestAnimationFrame(look);
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void drawsOneOfManyServices() throws Exception {
    WORLD.write(folder);
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("");
      browser.picture("many-first");
      // The first page after a start makes the server look at every Service; then it knows them.
      for (int i = 0; i < 3; i++) {
        browser.open("");
        JsonNode marks =
            browser.json(
                "return {paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,"
                    + " shown: performance.getEntriesByName('services-shown')[0].startTime}");
        print("first paint %.0f ms, Services after %.0f ms", marks, "paint", "shown");
      }
      assertThat(count(browser, ".services tbody tr")).isEqualTo(25);
      assertThat(browser.text(".services h2")).contains("500");
      assertThat(count(browser, "#app *")).isLessThan(1500);
      List<String> names =
          browser
              .json("return [...document.querySelectorAll('.services a')].map(a => a.innerText)")
              .valueStream()
              .map(name -> name.stringValue(""))
              .filter(name -> name.startsWith("shop/"))
              .limit(10)
              .toList();
      for (String name : names) {
        var unused = browser.requests();
        Object took = browser.driver().executeAsyncScript(CLICK, name);
        System.out.printf(
            Locale.ROOT, "page: a click on %s: asked, answered, shown after %s ms%n", name, took);
        // A click asks for one explanation, not for the lists again.
        assertThat(browser.requests()).filteredOn(url -> !url.endsWith("/status")).hasSize(1);
      }
      browser.choose("service=shop/web&zone=zone-a");
      browser.picture("many");
      assertThat(count(browser, "table[aria-label=Endpoints] tbody tr")).isBetween(40, 60);
      assertThat(count(browser, "#app *")).isLessThan(3000);
      browser.assertQuiet();
      load(server, browser);
    }
  }

  /** The server's part of a core for one tab; and what changes cost with and without one. */
  private void load(PageServer server, Browser browser) throws Exception {
    double still = part(server, () -> {}, pulses(browser));
    browser.driver().get("about:blank");
    int[] looks = new int[1];
    double idle = part(server, () -> {}, () -> ++looks[0] >= 40);
    browser.open("");
    int[] changes = new int[1];
    FailableAction change = () -> change(changes[0]++);
    double changing = part(server, change, pulses(browser));
    assertThat(browser.text(".services h2")).contains("501");
    browser.driver().get("about:blank");
    double alone = part(server, change, () -> changes[0] >= 60);
    System.out.printf(
        Locale.ROOT,
        "page: a tab takes %.2f %% of a core of the server while nothing changes (alone it takes %.2f %%), "
            + "%.2f %% while two changes a second do, which take %.2f %% by themselves%n",
        100 * (still - idle),
        100 * idle,
        100 * (changing - alone),
        100 * alone);
  }

  /** One more Service comes, and its port is another each time. */
  private void change(int number) throws IOException {
    WorkspaceFiles.replace(
        folder.resolve("changing.yaml"),
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: changing},
         spec: {clusterIP: 10.96.9.9, ports: [{port: %d}]}}
        """
            .formatted(1000 + number));
  }

  /** Until the page has asked four times how the server is, which it does every five seconds. */
  private static Callable<Boolean> pulses(Browser browser) {
    var unused = browser.requests();
    int[] seen = new int[1];
    return () -> {
      seen[0] += (int) browser.requests().stream().filter(u -> u.endsWith("/status")).count();
      return seen[0] >= 4;
    };
  }

  private static double part(PageServer server, FailableAction often, Callable<Boolean> enough) {
    Duration before = server.cpu();
    long began = System.nanoTime();
    Wait.until("enough to measure")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          often.run();
          return enough.call();
        });
    return (double) server.cpu().minus(before).toNanos() / (System.nanoTime() - began);
  }

  /** Something that may fail. */
  private interface FailableAction {
    void run() throws IOException;
  }

  private static void print(String format, JsonNode marks, String one, String other) {
    System.out.printf(
        Locale.ROOT,
        "page: " + format + "%n",
        marks.at("/" + one).doubleValue(),
        marks.at("/" + other).doubleValue());
  }

  private static int count(Browser browser, String selector) {
    return browser.json("return document.querySelectorAll('" + selector + "').length").intValue();
  }
}
