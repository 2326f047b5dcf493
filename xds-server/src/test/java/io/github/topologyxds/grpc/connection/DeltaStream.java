package io.github.topologyxds.grpc.connection;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Delta: requests say what changes. */
public final class DeltaStream implements RawStream {
  static final String LOCATOR = "locator:";

  private final Inbox<DeltaDiscoveryResponse> inbox = new Inbox<>(Answer::of);
  private final ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call;
  private final StreamObserver<DeltaDiscoveryRequest> requests;
  private @Nullable Node node;

  DeltaStream(
      Channel channel,
      MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> method,
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
  public void subscribe(ResourceType type, String... names) {
    send(request(type.typeUrl()).addAllResourceNamesSubscribe(List.of(names)));
  }

  /** A first request of a type that says what the client has from an earlier stream. */
  void resume(ResourceType type, Map<String, String> versions, String... names) {
    send(
        request(type.typeUrl())
            .addAllResourceNamesSubscribe(List.of(names))
            .putAllInitialResourceVersions(versions));
  }

  /** Asks for these names and gives those up; a name {@code locator:N} is said by a locator. */
  void change(ResourceType type, List<String> more, List<String> fewer) {
    DeltaDiscoveryRequest.Builder request = request(type.typeUrl());
    for (String name : more) {
      if (name.startsWith(LOCATOR)) {
        request.addResourceLocatorsSubscribeBuilder().setName(name.substring(LOCATOR.length()));
      } else {
        request.addResourceNamesSubscribe(name);
      }
    }
    for (String name : fewer) {
      if (name.startsWith(LOCATOR)) {
        request.addResourceLocatorsUnsubscribeBuilder().setName(name.substring(LOCATOR.length()));
      } else {
        request.addResourceNamesUnsubscribe(name);
      }
    }
    send(request);
  }

  @Override
  public void unsubscribe(ResourceType type, String... names) {
    send(request(type.typeUrl()).addAllResourceNamesUnsubscribe(List.of(names)));
  }

  @Override
  public void ack(Answer answer) {
    send(request(answer.type().typeUrl()).setResponseNonce(answer.nonce()));
  }

  @Override
  public void nack(Answer answer, String error) {
    send(
        request(answer.type().typeUrl())
            .setResponseNonce(answer.nonce())
            .setErrorDetail(
                Status.newBuilder().setCode(Code.INTERNAL_VALUE).setMessage(error).build()));
  }

  @Override
  public void say(String typeUrl, String nonce) {
    send(request(typeUrl).setResponseNonce(nonce));
  }

  /** Subscribes in a request that also answers a response nobody has sent. */
  void subscribeAnswering(ResourceType type, String nonce, String name) {
    send(request(type.typeUrl()).setResponseNonce(nonce).addResourceNamesSubscribe(name));
  }

  @Override
  public void halfClose() {
    requests.onCompleted();
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }

  private static DeltaDiscoveryRequest.Builder request(String typeUrl) {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl);
  }

  private void send(DeltaDiscoveryRequest.Builder request) {
    if (node != null) {
      request.setNode(node);
      node = null;
    }
    requests.onNext(request.build());
  }
}
