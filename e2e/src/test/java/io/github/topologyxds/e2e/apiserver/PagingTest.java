package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.SLICES;
import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists in pages, of one moment. */
class PagingTest {
  private final ApiServer api = ApiServer.start();
  private final TestClient client = new TestClient(api);

  @BeforeEach
  void fiveSlices() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      api.put(slice(name, "10.0.0.1"));
    }
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void pagesShowTheMomentOfTheFirstOneWhateverHappensInBetween() throws Exception {
    long then = api.revision();
    TestClient.Reply page = client.get(SLICES + "?limit=2");
    List<String> seen = new ArrayList<>(names(page));
    assertThat(page.body().path("metadata").path("remainingItemCount").asInt()).isEqualTo(3);
    api.delete(ResourceKind.ENDPOINT_SLICES, "shop", "c");
    api.put(slice("bb", "10.0.0.2"));
    api.put(slice("e", "10.0.0.9"));
    JsonNode changed = null;
    while (!token(page).isEmpty()) {
      page = client.get(SLICES + "?limit=2&continue=" + token(page));
      assertThat(page.version()).isEqualTo(Long.toString(then));
      seen.addAll(names(page));
      changed = page.body().path("items").path(page.body().path("items").size() - 1);
    }
    assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    assertThat(String.valueOf(changed)).contains("10.0.0.1");
    assertThat(names(client.get(SLICES))).containsExactly("a", "b", "bb", "d", "e");
  }

  @Test
  void aCompactedTokenIsExpiredAndOffersOneThatGoesOn() throws Exception {
    TestClient.Reply first = client.get(SLICES + "?limit=2");
    api.put(slice("cc", "10.0.0.2"));
    api.compact();
    TestClient.Reply expired = client.get(SLICES + "?limit=2&continue=" + token(first));
    assertThat(expired.status()).isEqualTo(410);
    assertThat(expired.reason()).isEqualTo("Expired");
    TestClient.Reply rest = client.get(SLICES + "?continue=" + token(expired));
    assertThat(names(rest)).containsExactly("c", "cc", "d", "e");
  }

  @Test
  void exactRevisionsAreServedAsLongAsTheyAreKept() throws Exception {
    long then = api.revision();
    String exact = SLICES + "?resourceVersionMatch=Exact&resourceVersion=" + then;
    api.delete(ResourceKind.ENDPOINT_SLICES, "shop", "a");
    assertThat(names(client.get(exact))).containsExactly("a", "b", "c", "d", "e");
    api.compact();
    assertThat(client.get(exact).status()).isEqualTo(410);
  }

  @Test
  void revisionsOfTheFutureAreRefused() throws Exception {
    TestClient.Reply reply = client.get(SLICES + "?resourceVersion=" + (api.revision() + 7));
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.body().path("details").path("causes").path(0).path("reason").asString())
        .isEqualTo("ResourceVersionTooLarge");
  }

  @Test
  void revisionZeroTakesNoNoticeOfALimit() throws Exception {
    assertThat(names(client.get(SLICES + "?limit=2&resourceVersion=0"))).hasSize(5);
  }

  @Test
  void selectorsAndNamespacesNarrow() throws Exception {
    String other = slice("z", "10.0.0.3").replace("shop", "other").replace("cart", "till");
    api.put(other);
    assertThat(names(client.get(SLICES + "?labelSelector=kubernetes.io%2Fservice-name%3Dtill")))
        .containsExactly("z");
    assertThat(names(client.get(SLICES + "?labelSelector=kubernetes.io%2Fservice-name!%3Dcart")))
        .containsExactly("z");
    assertThat(names(client.get(SLICES + "?labelSelector=kubernetes.io%2Fservice-name")))
        .hasSize(6);
    assertThat(names(client.get(SLICES + "?labelSelector=!kubernetes.io%2Fservice-name")))
        .isEmpty();
    assertThat(names(client.get(SLICES + "?fieldSelector=metadata.name%3Db"))).containsExactly("b");
    assertThat(names(client.get(Samples.SLICES_OF_SHOP))).hasSize(5);
    assertThat(client.get(SLICES + "?fieldSelector=spec.x%3Db").status()).isEqualTo(400);
  }

  private static List<String> names(TestClient.Reply reply) {
    List<String> names = new ArrayList<>();
    reply
        .body()
        .path("items")
        .forEach(item -> names.add(item.path("metadata").path("name").asString()));
    return names;
  }

  private static String token(TestClient.Reply reply) {
    return reply.body().path("metadata").path("continue").asString("");
  }
}
