package io.github.topologyxds.grpc.library;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Lets bytes that are no request come through to the listener, which then ends the stream as the
 * aggregated service does. Left to gRPC, the marshaller's exception is an error of ours: status
 * UNKNOWN, "Application error processing RPC", and a stack trace.
 */
final class UndecodableRequests {
  private UndecodableRequests() {}

  /** Stands where a request should be. */
  enum Undecodable {
    REQUEST
  }

  /** Returns the same service, whose calls get {@link Undecodable} for what they cannot read. */
  public static ServerServiceDefinition letThrough(ServerServiceDefinition service) {
    ServerServiceDefinition.Builder builder =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    service.getMethods().forEach(method -> builder.addMethod(letThrough(method)));
    return builder.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> letThrough(
      ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setRequestMarshaller(new Lenient<>(descriptor.getRequestMarshaller()))
            .build(),
        method.getServerCallHandler());
  }

  private record Lenient<Q>(Marshaller<Q> strict) implements Marshaller<Q> {
    @Override
    public InputStream stream(Q request) {
      return strict.stream(request);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // only our listener sees it
    public Q parse(InputStream bytes) {
      try {
        return strict.parse(bytes);
      } catch (StatusRuntimeException e) {
        return (Q) Undecodable.REQUEST;
      }
    }
  }
}
