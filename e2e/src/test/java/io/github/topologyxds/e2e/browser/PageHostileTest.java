package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.NoAlertPresentException;

/** Names of zones, Nodes and clients are text, whatever is in them. */
@Tag("browser")
class PageHostileTest {
  private static final String MARKUP = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
  private static final String LONG = "z".repeat(100_000);

  @TempDir private Path folder = Path.of("");

  /** In a Node's label, an endpoint's zone and Node, and a hint. */
  private static String manifests() {
    return """
    {apiVersion: v1, kind: Node, metadata: {name: node-a, labels: {topology.kubernetes.io/zone: '%1$s'}}}
    ---
    {apiVersion: v1, kind: Node, metadata: {name: node-b, labels: {topology.kubernetes.io/zone: '%2$s'}}}
    ---
    {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop},
     spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}]}}
    ---
    {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
     metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}},
     ports: [{name: http, port: 8080}],
     endpoints: [{addresses: [10.0.1.1], zone: '%1$s', nodeName: node-a},
                 {addresses: [10.0.1.2], zone: '%2$s', nodeName: '%1$s'},
                 {addresses: ['%1$s'], zone: zone-c, hints: {forZones: [{name: '%1$s'}]}},
                 {addresses: [10.0.1.3], zone: zone-c, hostname: '%1$s'}]}
    """
        .formatted(MARKUP, LONG);
  }

  @Test
  void areShownAsText() throws Exception {
    WorkspaceFiles.replace(folder.resolve("world.yaml"), manifests());
    try (PageServer server = new PageServer(folder);
        ClaimingClient marked = new ClaimingClient(server.xdsPort(), MARKUP, MARKUP, MARKUP);
        ClaimingClient wordy =
            new ClaimingClient(server.xdsPort(), "wordy", "z".repeat(2000), "w".repeat(2000));
        Browser browser = new Browser(server.origin())) {
      browser.open("#service=shop/cart&client=" + wordy.id());
      browser.await(".proxies", "<script>alert.*wordy");
      browser.choose(
          "service=shop/cart&zone=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&what-if=zone-down=%3Cimg%20src=x%3E");
      browser.picture("hostile");
      browser.choose("service=%22%3E%3Cimg/onerror=alert(3)%20src=x%3E&zone=zone-c");
      browser.choose("service=shop/cart&zone=zone-c");

      assertThat(browser.text(".proxies")).contains(marked.id());
      assertThat(browser.text(".findings")).contains("<script>alert(1)");
      assertThat(
              browser
                  .json("return document.querySelectorAll('#app script, #app img').length")
                  .intValue())
          .isZero();
      assertThat(
              browser
                  .json(
                      "return Math.max(...[...document.querySelectorAll('bdi')].map(e => e.innerText.length))")
                  .intValue())
          .isLessThanOrEqualTo(400);
      assertThat(browser.json("return !!document.querySelector('bdi[title^=zzzz]')").booleanValue())
          .isTrue();
      assertThatThrownBy(() -> browser.driver().switchTo().alert())
          .isInstanceOf(NoAlertPresentException.class);
      // The API refuses to explain what is no Service: the browser notes that answer, and no more.
      assertThat(browser.complaints())
          .allMatch(line -> line.contains("explain") && line.contains("404"));
      assertThat(browser.requests()).allMatch(url -> url.startsWith(server.origin() + "/"));
    }
  }

  /** A script that somebody smuggles in all the same is not run. */
  @Test
  void areBoundByThePolicy() throws Exception {
    WorkspaceFiles.replace(folder.resolve("world.yaml"), new PageWorld(3, 5, 3).yaml());
    try (PageServer server = new PageServer(folder);
        Browser browser = new Browser(server.origin())) {
      browser.open("");
      browser.json(
          """
          const script = document.createElement('script');
          try { script.text = 'window.smuggled = 1'; } catch (refused) { window.refused = true; }
          document.body.append(script);
          try { document.body.innerHTML = '<p>'; } catch (refused) { window.markup = false; }
          return 1;
          """);
      assertThat(browser.json("return window.smuggled ?? 0").intValue()).isZero();
      assertThat(browser.json("return window.refused").booleanValue()).isTrue();
      assertThat(browser.json("return window.markup ?? true").booleanValue()).isFalse();
    }
  }
}
