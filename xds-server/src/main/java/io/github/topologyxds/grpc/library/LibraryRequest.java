package io.github.topologyxds.grpc.library;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.github.topologyxds.grpc.wire.Locators;
import io.github.topologyxds.grpc.wire.NodeIdentification;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A discovery request on its way to the library, in either variant of the protocol: what it says to
 * the session, and what of it the library gets to see.
 */
sealed interface LibraryRequest {
  /** Returns the variant of the protocol that the request belongs to. */
  XdsProtocol protocol();

  /** Returns what both variants say alike. */
  Head head();

  /**
   * What both variants of the protocol say alike.
   *
   * @param node null where the request does not tell
   * @param typeUrl as the client wrote it; "" for none
   * @param nonce of the response that is answered; "" for none
   * @param error why the client refuses that response; null: it does not
   */
  record Head(
      @Nullable Node node, String typeUrl, String nonce, com.google.rpc.@Nullable Status error) {
    /** Returns who asks; {@link NodeIdentification#none()} where the request does not tell. */
    NodeIdentification identification() {
      return node == null ? NodeIdentification.none() : NodeIdentification.of(node);
    }
  }

  /** Returns whether this answers a response that a later one of its type has overtaken. */
  boolean isStale(ResourceType type, LibraryStream stream);

  /**
   * Tells the session what the client wants.
   *
   * @return why the stream must end; empty: it goes on
   */
  Optional<String> want(ResourceType type, ClientSession session);

  /** Returns this request, answering nothing that the library would have to know of. */
  LibraryRequest withoutUnknownNonce();

  /** Returns the message for the library, which needs no node, with this type URL. */
  Message message(String typeUrl);

  /** Returns what a message of the call asks; empty: it is no discovery request. */
  static Optional<LibraryRequest> of(Object message) {
    return switch (message) {
      case DiscoveryRequest request -> Optional.of(new StateOfTheWorld(request));
      case DeltaDiscoveryRequest request -> Optional.of(new Delta(request));
      default -> Optional.empty();
    };
  }

  /** The state-of-the-world protocol. */
  record StateOfTheWorld(DiscoveryRequest request) implements LibraryRequest {
    @Override
    public XdsProtocol protocol() {
      return XdsProtocol.STATE_OF_THE_WORLD;
    }

    @Override
    public Head head() {
      return new Head(
          request.hasNode() ? request.getNode() : null,
          request.getTypeUrl(),
          request.getResponseNonce(),
          request.hasErrorDetail() ? request.getErrorDetail() : null);
    }

    @Override
    public boolean isStale(ResourceType type, LibraryStream stream) {
      return stream.isStale(type, request.getResponseNonce());
    }

    @Override
    public Optional<String> want(ResourceType type, ClientSession session) {
      return session.want(
          type,
          SotwSubscriptionRequest.of(
              Locators.and(request.getResourceNamesList(), request.getResourceLocatorsList()),
              request.getVersionInfo()));
    }

    /** The library bears any nonce here. */
    @Override
    public LibraryRequest withoutUnknownNonce() {
      return this;
    }

    @Override
    public Message message(String typeUrl) {
      return request.toBuilder().setTypeUrl(typeUrl).clearNode().build();
    }
  }

  /** The incremental protocol. */
  record Delta(DeltaDiscoveryRequest request) implements LibraryRequest {
    @Override
    public XdsProtocol protocol() {
      return XdsProtocol.DELTA;
    }

    @Override
    public Head head() {
      return new Head(
          request.hasNode() ? request.getNode() : null,
          request.getTypeUrl(),
          request.getResponseNonce(),
          request.hasErrorDetail() ? request.getErrorDetail() : null);
    }

    /** Never: its subscriptions count whatever it answers. */
    @Override
    public boolean isStale(ResourceType type, LibraryStream stream) {
      return false;
    }

    @Override
    public Optional<String> want(ResourceType type, ClientSession session) {
      return session.want(
          type,
          new DeltaSubscriptionRequest(
              Locators.and(
                  request.getResourceNamesSubscribeList(),
                  request.getResourceLocatorsSubscribeList()),
              Locators.and(
                  request.getResourceNamesUnsubscribeList(),
                  request.getResourceLocatorsUnsubscribeList()),
              request.getInitialResourceVersionsMap()));
    }

    /**
     * The library throws at a nonce that it does not know. The subscriptions count all the same.
     */
    @Override
    public LibraryRequest withoutUnknownNonce() {
      return new Delta(request.toBuilder().clearResponseNonce().clearErrorDetail().build());
    }

    @Override
    public Message message(String typeUrl) {
      return request.toBuilder()
          .setTypeUrl(typeUrl)
          .clearNode()
          .clearInitialResourceVersions()
          .build();
    }
  }
}
