package io.github.topologyxds.e2e.bench;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A gRPC server with one unary method, which answers with the server's name and counts. */
public final class GrpcEcho {
  /** Bytes to bytes: no generated code is needed. */
  public static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodType.UNARY)
          .setFullMethodName("e2e.Echo/Ask")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final String zone;
  private final Server server;
  private final AtomicLong calls = new AtomicLong();

  /** Starts one that listens. */
  public GrpcEcho(String zone, InetSocketAddress address) throws IOException {
    this.zone = zone;
    byte[] answer = zone.getBytes(StandardCharsets.UTF_8);
    server =
        NettyServerBuilder.forAddress(address)
            .addService(
                ServerServiceDefinition.builder("e2e.Echo")
                    .addMethod(
                        METHOD,
                        ServerCalls.asyncUnaryCall((request, responses) -> {
                          calls.incrementAndGet();
                          responses.onNext(answer);
                          responses.onCompleted();
                        }))
                    .build())
            .build()
            .start();
  }

  public String zone() {
    return zone;
  }

  public long calls() {
    return calls.get();
  }

  /** Dies: connections are closed, new ones are refused. */
  public void die() {
    server.shutdownNow();
    Wait.until("the gRPC server to end").until(server::isTerminated);
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
