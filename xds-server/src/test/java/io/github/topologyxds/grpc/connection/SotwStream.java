package io.github.topologyxds.grpc.connection;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** State-of-the-world: every request repeats all names. */
final class SotwStream implements RawStream {
  private final Inbox<DiscoveryResponse> inbox = new Inbox<>(Answer::of);
  private final Map<ResourceType, Set<String>> names = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, String> nonces = new EnumMap<>(ResourceType.class);
  private final ClientCall<DiscoveryRequest, DiscoveryResponse> call;
  private final StreamObserver<DiscoveryRequest> requests;
  private @Nullable Node node;

  SotwStream(
      Channel channel,
      MethodDescriptor<DiscoveryRequest, DiscoveryResponse> method,
      @Nullable Node node) {
    this.node = node;
    this.call = channel.newCall(method, CallOptions.DEFAULT);
    this.requests = ClientCalls.asyncBidiStreamingCall(call, inbox);
  }

  @Override
  public Inbox<?> inbox() {
    return inbox;
  }

  @Override
  public void introduceAgain(Node another) {
    node = another;
  }

  @Override
  public void subscribe(ResourceType type, String... more) {
    names(type).addAll(List.of(more));
    send(request(type));
  }

  /** Wants these names from now on, and the resources of these locators. */
  void list(ResourceType type, List<String> all, List<String> locators) {
    names(type).clear();
    names(type).addAll(all);
    DiscoveryRequest.Builder request = request(type);
    locators.forEach(name -> request.addResourceLocatorsBuilder().setName(name));
    send(request);
  }

  @Override
  public void unsubscribe(ResourceType type, String... fewer) {
    List.of(fewer).forEach(names(type)::remove);
    send(request(type));
  }

  @Override
  public void ack(Answer answer) {
    nonces.put(answer.type(), answer.nonce());
    send(request(answer.type()).setVersionInfo(answer.nonce()));
  }

  @Override
  public void nack(Answer answer, String error) {
    nonces.put(answer.type(), answer.nonce());
    send(
        request(answer.type())
            .setErrorDetail(
                Status.newBuilder().setCode(Code.INTERNAL_VALUE).setMessage(error).build()));
  }

  @Override
  public void say(String typeUrl, String nonce) {
    DiscoveryRequest.Builder request = DiscoveryRequest.newBuilder().setTypeUrl(typeUrl);
    ResourceType.of(typeUrl).ifPresent(type -> request.addAllResourceNames(names(type)));
    send(request.setResponseNonce(nonce).setVersionInfo("never-sent"));
  }

  @Override
  public void halfClose() {
    requests.onCompleted();
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }

  private Set<String> names(ResourceType type) {
    return names.computeIfAbsent(type, t -> new LinkedHashSet<>());
  }

  private DiscoveryRequest.Builder request(ResourceType type) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(type.typeUrl())
        .addAllResourceNames(names(type))
        .setResponseNonce(nonces.getOrDefault(type, ""));
  }

  private void send(DiscoveryRequest.Builder request) {
    if (node != null) {
      request.setNode(node);
      node = null;
    }
    requests.onNext(request.build());
  }
}
