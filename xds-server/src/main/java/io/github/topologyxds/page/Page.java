package io.github.topologyxds.page;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page "Who gets what, and why": a few files in memory, asked for by name. All that it shows it
 * reads from the API, in the browser. Any thread.
 */
public final class Page {
  /** What is served, each file under its own name; {@code /} is the first. */
  static final List<String> FILES =
      List.of(
          "index.html",
          "style.css",
          "api.js",
          "app.js",
          "bands.js",
          "client.js",
          "endpoints.js",
          "findings.js",
          "icon.svg",
          "matrix.js",
          "proxies.js",
          "proxy.js",
          "route.js",
          "rules.js",
          "service.js",
          "services.js",
          "store.js",
          "text.js",
          "top.js",
          "watch-worker.js",
          "watch.js",
          "whatif.js");

  private static final String PREACT = "preact.js";

  /**
   * Only files of ours, no inline script or style, no eval, no frame around it, no form, and
   * strings become scripts nowhere (Trusted Types): names of zones and Services are not ours.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types page";

  private final Map<String, PageFile> files;

  /**
   * Reads the files.
   *
   * @throws IllegalStateException when one is not in the jar
   */
  public Page() {
    Map<String, PageFile> read =
        FILES.stream()
            .collect(Collectors.toMap(Function.identity(), n -> PageFile.read("/page/" + n)));
    read.put(PREACT, PageFile.read(Webjar.file("preact", "dist/preact.module.js")));
    this.files = Map.copyOf(read);
  }

  /** Returns the answer to a request for a file of the page, or nothing: it is for no such file. */
  public Optional<FullHttpResponse> answer(HttpRequest request) {
    return file(request).map(file -> answer(request, file));
  }

  private Optional<PageFile> file(HttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    String name = path.equals("/") ? FILES.getFirst() : path.substring(Math.min(1, path.length()));
    return Optional.ofNullable(files.get(name));
  }

  private static FullHttpResponse answer(HttpRequest request, PageFile file) {
    HttpMethod method = request.method();
    if (!List.of(HttpMethod.GET, HttpMethod.HEAD).contains(method)) {
      FullHttpResponse refusal =
          response(HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.EMPTY_BUFFER);
      refusal.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      refusal.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
      return refusal;
    }
    boolean known =
        Arrays.asList(request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "").split(", *"))
            .contains(file.tag());
    boolean sent = !known && method.equals(HttpMethod.GET);
    FullHttpResponse response =
        response(
            known ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
            sent ? file.content() : Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.ETAG, file.tag())
        // The browser asks each time, and gets 304 until the server is another.
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.CONTENT_TYPE, file.type());
    if (!known) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, file.length());
    }
    return response;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
        .set("x-content-type-options", "nosniff")
        .set("referrer-policy", "no-referrer")
        .set("cross-origin-opener-policy", "same-origin")
        .set("cross-origin-resource-policy", "same-origin");
    return response;
  }
}
