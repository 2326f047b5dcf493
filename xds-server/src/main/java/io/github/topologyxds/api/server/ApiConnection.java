package io.github.topologyxds.api.server;

import io.github.topologyxds.api.ApiFailure;
import io.github.topologyxds.api.ApiRequest;
import io.github.topologyxds.api.ApiRequest.Verb;
import io.github.topologyxds.api.Resources;
import io.github.topologyxds.page.Page;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection, one after the other: the next is read when the last is answered.
 * Answers are made on other threads, as some wait for the xDS loops.
 *
 * <p>Owner: the port's thread.
 */
final class ApiConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);
  private static final String BASE = "/api/v1";

  private final Site site;
  private boolean watching;

  /**
   * What the connections of the port share.
   *
   * @param page files of the web page, in memory
   * @param workers make the answers
   */
  record Site(
      HostCheck hosts, Resources resources, Watchers watchers, Page page, Executor workers) {}

  ApiConnection(Site site) {
    this.site = site;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (watching) {
      // Its answer has no end: what it asks further gets none.
      return;
    }
    Optional<Answer> refusal = refusal(request);
    if (refusal.isPresent()) {
      write(context, request.method(), refusal.get());
      return;
    }
    Optional<FullHttpResponse> page = site.page().answer(request);
    if (page.isPresent()) {
      var unused = context.writeAndFlush(page.get());
      return;
    }
    try {
      ApiRequest asked = asked(request);
      if (asked.verb() == Verb.GET && asked.parameters().containsKey("watch")) {
        watch(context, asked);
        return;
      }
      context.channel().config().setAutoRead(false);
      HttpMethod method = request.method();
      site.workers().execute(() -> work(context, method, asked));
    } catch (ApiFailure e) {
      write(context, request.method(), Answer.of(e));
    } catch (RejectedExecutionException e) {
      write(
          context,
          request.method(),
          Answer.of(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many requests wait already"));
    }
  }

  private Optional<Answer> refusal(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return Optional.of(Answer.of(HttpResponseStatus.BAD_REQUEST, "that is no HTTP request"));
    }
    Optional<String> host = site.hosts().refusal(request.headers().getAll(HttpHeaderNames.HOST));
    if (host.isPresent()) {
      return Optional.of(Answer.of(HttpResponseStatus.FORBIDDEN, host.get()));
    }
    HttpMethod method = request.method();
    if (!List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT).contains(method)) {
      return Optional.of(
          Answer.of(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET, HEAD and PUT are served"));
    }
    return Optional.empty();
  }

  private static ApiRequest asked(FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    String path;
    Map<String, String> parameters = new HashMap<>();
    try {
      path = uri.path();
      uri.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
    } catch (IllegalArgumentException e) {
      throw new ApiFailure(ApiFailure.Kind.INVALID, "the path or the query is not well encoded");
    }
    if (!path.equals(BASE) && !path.startsWith(BASE + "/")) {
      throw new ApiFailure(ApiFailure.Kind.NOT_FOUND, "there is the page at /, and /api/v1/");
    }
    List<String> parts =
        List.of(path.substring(BASE.length()).split("/")).stream()
            .filter(part -> !part.isEmpty())
            .toList();
    return new ApiRequest(
        request.method().equals(HttpMethod.PUT) ? Verb.PUT : Verb.GET,
        parts,
        parameters,
        request.content().toString(StandardCharsets.UTF_8));
  }

  private void watch(ChannelHandlerContext context, ApiRequest request) {
    List<String> listings = site.watchers().listings(request.path());
    if (listings.isEmpty()) {
      throw new ApiFailure(ApiFailure.Kind.NOT_FOUND, "this cannot be watched");
    }
    site.watchers().add(context, listings);
    watching = true;
  }

  private void work(ChannelHandlerContext context, HttpMethod method, ApiRequest request) {
    long began = System.nanoTime();
    Answer answer;
    try {
      answer = Answer.of(site.resources().answer(request));
    } catch (ApiFailure e) {
      answer = Answer.of(e);
    } catch (RuntimeException e) {
      LOG.error("the API cannot answer {}", request.path(), e);
      answer = Answer.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error");
    }
    Answer made = answer.after(System.nanoTime() - began);
    context.executor().execute(() -> write(context, method, made));
  }

  private static void write(ChannelHandlerContext context, HttpMethod method, Answer answer) {
    var unused = context.writeAndFlush(answer.to(method));
    context.channel().config().setAutoRead(true);
  }
}
