package io.github.topologyxds.api.server;

import io.github.topologyxds.api.ApiFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** An answer of the API: a status, and JSON. */
final class Answer {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double NANOS_PER_MILLI = 1e6;

  private final HttpResponseStatus status;
  private final byte[] body;
  private final long nanos;

  private Answer(HttpResponseStatus status, byte[] body, long nanos) {
    this.status = status;
    this.body = body;
    this.nanos = nanos;
  }

  private Answer(HttpResponseStatus status, byte[] body) {
    this(status, body, 0);
  }

  /** Returns the same answer, which says that it took so long to make, in ns. */
  Answer after(long taken) {
    return new Answer(status, body, taken);
  }

  static Answer of(JsonNode json) {
    return new Answer(HttpResponseStatus.OK, MAPPER.writeValueAsBytes(json));
  }

  static Answer of(ApiFailure failure) {
    return of(
        switch (failure.kind()) {
          case INVALID -> HttpResponseStatus.BAD_REQUEST;
          case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
          case NOT_ALLOWED -> HttpResponseStatus.METHOD_NOT_ALLOWED;
          case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE;
        },
        failure.line());
  }

  /** An answer that is no other than one line for people, {@code {"error": LINE}}. */
  static Answer of(HttpResponseStatus status, String line) {
    return new Answer(
        status, MAPPER.writeValueAsBytes(JsonNodeFactory.instance.objectNode().put("error", line)));
  }

  /** HEAD gets the headers of GET, the length among them, and no body (RFC 9110, 9.3.2). */
  FullHttpResponse to(HttpMethod method) {
    ByteBuf sent =
        method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, sent);
    secure(response.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    if (nanos > 0) {
      // In ms (W3C Server Timing): by it a page keeps to its part of our time.
      response.headers().set("server-timing", "answer;dur=" + nanos / NANOS_PER_MILLI);
    }
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 5);
    }
    return response;
  }

  /** What every answer says: it is kept nowhere, and is no page. There is no CORS on purpose. */
  static HttpHeaders secure(HttpHeaders headers) {
    return headers
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("x-content-type-options", "nosniff")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'");
  }
}
