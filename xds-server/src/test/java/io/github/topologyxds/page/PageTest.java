package io.github.topologyxds.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, and the headers that they are served with. */
class PageTest {
  private static final Path FOLDER = Path.of("src/main/resources/page");

  private final Page page = new Page();

  private FullHttpResponse answer(HttpMethod method, String path, String... tags) {
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path);
    for (String tag : tags) {
      request.headers().set("if-none-match", tag);
    }
    return page.answer(request).orElseThrow();
  }

  private static String header(FullHttpResponse response, String name) {
    return response.headers().get(name, "");
  }

  private static String text(FullHttpResponse response) {
    return response.content().toString(StandardCharsets.UTF_8);
  }

  @Test
  void servesEveryFileAndNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Page.FILES);
    }
    for (String file : Page.FILES) {
      assertThat(answer(HttpMethod.GET, "/" + file).status().code()).as(file).isEqualTo(200);
      assertThat(text(answer(HttpMethod.GET, "/" + file)))
          .isEqualTo(Files.readString(FOLDER.resolve(file)));
    }
    assertThat(text(answer(HttpMethod.GET, "/")))
        .isEqualTo(text(answer(HttpMethod.GET, "/index.html")));
    assertThat(text(answer(HttpMethod.GET, "/preact.js"))).contains("createElement");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "//",
        "/none.js",
        "/../META-INF/services/ch.qos.logback.classic.spi.Configurator",
        "/page/app.js",
        "/%61pp.js",
        "/api/v1/"
      })
  void leavesTheRestToTheApi(String path) {
    assertThat(page.answer(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path)))
        .isEmpty();
  }

  @Test
  void boundsWhatThePageMayDo() {
    for (String file : List.of("/", "/app.js", "/style.css", "/preact.js")) {
      FullHttpResponse response = answer(HttpMethod.GET, file);
      assertThat(header(response, "content-security-policy"))
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "http", "*");
      assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    }
    assertThat(header(answer(HttpMethod.GET, "/"), "content-type"))
        .isEqualTo("text/html; charset=utf-8");
    assertThat(header(answer(HttpMethod.GET, "/watch.js"), "content-type"))
        .isEqualTo("text/javascript; charset=utf-8");
  }

  /** Nothing inline, which the policy forbids, and no text that is taken for markup. */
  @Test
  void hasNoInlineScriptAndWritesNoMarkup() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("index.html")))
        .doesNotContainPattern("<script>|<style|style=| on[a-z]+=");
    Pattern markup =
        Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|Function\\(");
    for (String file : Page.FILES) {
      assertThat(Files.readString(FOLDER.resolve(file))).as(file).doesNotContainPattern(markup);
    }
  }

  /** The browser knows before it reads the first module which ones it will need. */
  @Test
  void namesItsModulesBeforehand() throws IOException {
    String index = Files.readString(FOLDER.resolve("index.html"));
    for (String file : Page.FILES) {
      if (file.endsWith(".js") && !file.equals("watch-worker.js")) {
        assertThat(index).contains("\"/" + file + "\"");
      }
    }
  }

  @Test
  void saysThatTheBrowserHasItAlready() {
    String tag = header(answer(HttpMethod.GET, "/app.js"), "etag");
    FullHttpResponse known = answer(HttpMethod.GET, "/app.js", "\"other\", " + tag);
    assertThat(known.status().code()).isEqualTo(304);
    assertThat(text(known)).isEmpty();
    assertThat(answer(HttpMethod.GET, "/app.js", "\"other\"").status().code()).isEqualTo(200);
    assertThat(tag).isNotEqualTo(header(answer(HttpMethod.GET, "/api.js"), "etag"));
  }

  @Test
  void canOnlyBeRead() {
    FullHttpResponse head = answer(HttpMethod.HEAD, "/app.js");
    assertThat(text(head)).isEmpty();
    assertThat(header(head, "content-length"))
        .isEqualTo(header(answer(HttpMethod.GET, "/app.js"), "content-length"));
    assertThat(answer(HttpMethod.PUT, "/app.js").status().code()).isEqualTo(405);
  }
}
