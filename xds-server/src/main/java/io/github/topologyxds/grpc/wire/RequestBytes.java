package io.github.topologyxds.grpc.wire;

import io.grpc.MethodDescriptor;
import java.io.InputStream;

/** Requests as they came; gRPC closes the stream when the listener has had it. */
public final class RequestBytes implements MethodDescriptor.Marshaller<InputStream> {
  public static final RequestBytes MARSHALLER = new RequestBytes();

  private RequestBytes() {}

  @Override
  public InputStream stream(InputStream value) {
    throw new UnsupportedOperationException("a server sends no requests");
  }

  @Override
  public InputStream parse(InputStream stream) {
    return stream;
  }
}
