package io.github.topologyxds.api.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/** Holds gRPC calls to the same Hosts as other requests; there the Host is the authority. */
final class HostGuard implements ServerInterceptor {
  private final HostCheck hosts;

  HostGuard(HostCheck hosts) {
    this.hosts = hosts;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String authority = call.getAuthority();
    Optional<String> refusal = hosts.refusal(authority == null ? List.of() : List.of(authority));
    if (refusal.isEmpty()) {
      return next.startCall(call, headers);
    }
    call.close(Status.PERMISSION_DENIED.withDescription(refusal.get()), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
