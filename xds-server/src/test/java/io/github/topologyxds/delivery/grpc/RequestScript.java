package io.github.topologyxds.delivery.grpc;

import io.github.topologyxds.delivery.XdsProtocolVariant;
import io.github.topologyxds.xds.ResourceType;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * A stream of one type whose requests hold exactly the names that the test says, and accept what
 * came last. A name that begins with {@code locator:} goes as a ResourceLocator.
 */
final class RequestScript implements AutoCloseable {
  private static final String LOCATOR = "locator:";

  private static final Request NOTHING = new Request(List.of(), List.of());

  /** Which of the two kinds of services carries a stream. */
  enum Carrier {
    AGGREGATED,
    SINGLE_TYPE
  }

  /** One request: the names that it lists, or adds and takes away. */
  record Request(List<String> names, List<String> fewer) {
    static Request names(String... names) {
      return new Request(List.of(names), List.of());
    }

    static Request without(String... names) {
      return new Request(List.of(), List.of(names));
    }

    @Override
    public String toString() {
      return names + (fewer.isEmpty() ? "" : " without " + fewer);
    }
  }

  private final Inbox<?> inbox;
  private final ClientCall<?, ?> call;
  private final Sender sender;
  private final ResourceType type;
  private final XdsProtocolVariant variant;
  private String nonce = "";
  private Request last = NOTHING;

  @FunctionalInterface
  private interface Sender {
    void send(Request request, String nonce);
  }

  private RequestScript(
      XdsProtocolVariant variant,
      Inbox<?> inbox,
      ClientCall<?, ?> call,
      ResourceType type,
      Sender sender) {
    this.variant = variant;
    this.inbox = inbox;
    this.call = call;
    this.type = type;
    this.sender = sender;
  }

  static RequestScript open(
      Channel channel, XdsProtocolVariant variant, Carrier carrier, ResourceType type) {
    return switch (variant) {
      case STATE_OF_THE_WORLD -> {
        Inbox<DiscoveryResponse> inbox = new Inbox<>(Answer::of);
        ClientCall<DiscoveryRequest, DiscoveryResponse> call =
            channel.newCall(sotw(carrier, type), CallOptions.DEFAULT);
        StreamObserver<DiscoveryRequest> out = ClientCalls.asyncBidiStreamingCall(call, inbox);
        yield new RequestScript(
            variant, inbox, call, type, (request, nonce) -> out.onNext(sotw(type, request, nonce)));
      }
      case DELTA -> {
        Inbox<DeltaDiscoveryResponse> inbox = new Inbox<>(Answer::of);
        ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call =
            channel.newCall(delta(carrier, type), CallOptions.DEFAULT);
        StreamObserver<DeltaDiscoveryRequest> out = ClientCalls.asyncBidiStreamingCall(call, inbox);
        yield new RequestScript(
            variant, inbox, call, type, (request, nonce) -> out.onNext(delta(type, request, nonce)));
      }
    };
  }

  private static MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotw(
      Carrier carrier, ResourceType type) {
    return switch (carrier) {
      case AGGREGATED -> AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod();
      case SINGLE_TYPE ->
          type == ResourceType.CLUSTER
              ? ClusterDiscoveryServiceGrpc.getStreamClustersMethod()
              : EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod();
    };
  }

  private static MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(
      Carrier carrier, ResourceType type) {
    return switch (carrier) {
      case AGGREGATED -> AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod();
      case SINGLE_TYPE ->
          type == ResourceType.CLUSTER
              ? ClusterDiscoveryServiceGrpc.getDeltaClustersMethod()
              : EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod();
    };
  }

  private static DiscoveryRequest sotw(ResourceType type, Request request, String nonce) {
    return DiscoveryRequest.newBuilder()
        .setNode(ServerUnderTest.on("node-a"))
        .setTypeUrl(type.typeUrl())
        .setResponseNonce(nonce)
        .addAllResourceNames(plain(request.names()))
        .addAllResourceLocators(locators(request.names()))
        .build();
  }

  private static DeltaDiscoveryRequest delta(ResourceType type, Request request, String nonce) {
    return DeltaDiscoveryRequest.newBuilder()
        .setNode(ServerUnderTest.on("node-a"))
        .setTypeUrl(type.typeUrl())
        .setResponseNonce(nonce)
        .addAllResourceNamesSubscribe(plain(request.names()))
        .addAllResourceLocatorsSubscribe(locators(request.names()))
        .addAllResourceNamesUnsubscribe(plain(request.fewer()))
        .addAllResourceLocatorsUnsubscribe(locators(request.fewer()))
        .build();
  }

  private static List<String> plain(List<String> names) {
    return names.stream().filter(name -> !name.startsWith(LOCATOR)).toList();
  }

  private static List<ResourceLocator> locators(List<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(LOCATOR))
        .map(name -> ResourceLocator.newBuilder().setName(name.substring(LOCATOR.length())).build())
        .toList();
  }

  void send(Request request) {
    last = request;
    sender.send(request, nonce);
  }

  /** Returns the next response, which is accepted: state-of-the-world repeats its names for that. */
  Answer accept() throws InterruptedException {
    Answer answer = inbox.next(type);
    nonce = answer.nonce();
    sender.send(
        switch (variant) {
          case STATE_OF_THE_WORLD -> last;
          case DELTA -> NOTHING;
        },
        nonce);
    return answer;
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }
}
