package io.github.topologyxds.grpc.ads;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.wire.DeltaReader;
import io.github.topologyxds.grpc.wire.DiscoveryRequestFields;
import io.github.topologyxds.grpc.wire.NameList;
import io.github.topologyxds.grpc.wire.SotwReader;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The requests of one aggregated stream: reads them, and tells the session what each one answers
 * and wants. Knows nothing of the call.
 *
 * <p>Owner: the stream's event loop.
 */
final class DiscoveryRequests {
  private final XdsProtocol variant;
  private final DeliveryLoop loop;
  private final Map<ResourceType, TypeState> types = new EnumMap<>(ResourceType.class);

  DiscoveryRequests(XdsProtocol variant, DeliveryLoop loop) {
    this.variant = variant;
    this.loop = loop;
  }

  /** Returns what the stream remembers of a type. */
  TypeState state(ResourceType type) {
    return types.computeIfAbsent(type, t -> new TypeState());
  }

  /**
   * Returns the fields of a request. They lie in the loop's buffer until the next one is read.
   *
   * @throws IOException when it is not a discovery request
   */
  DiscoveryRequestFields read(InputStream message) throws IOException {
    loop.buffer().read(message);
    return switch (variant) {
      case STATE_OF_THE_WORLD -> SotwReader.read(loop.buffer(), TypeState.names(types.values()));
      case DELTA -> DeltaReader.read(loop.buffer());
    };
  }

  /**
   * Tells the session what the request that was read last says.
   *
   * @return why the stream must end; empty: it goes on
   * @throws IOException when the request cannot be read to its end
   */
  Optional<Status> tell(ClientSession session, DiscoveryRequestFields request) throws IOException {
    if (request.typeUrl().isEmpty()) {
      return Optional.of(
          Status.INVALID_ARGUMENT.withDescription("type_url is required on an aggregated stream"));
    }
    Optional<ResourceType> type = ResourceType.of(request.typeUrl());
    if (type.isEmpty()) {
      // One that we do not serve: the others go on.
      return Optional.empty();
    }
    Optional<String> tooMuch =
        switch (variant) {
          case STATE_OF_THE_WORLD -> tellStateOfTheWorld(session, type.get(), request);
          case DELTA -> tellDelta(session, type.get(), request);
        };
    return tooMuch.map(Status.RESOURCE_EXHAUSTED::withDescription);
  }

  /**
   * Returns whether a request asks for more than those before. In state-of-the-world it does not
   * tell, as each names all that the client wants.
   */
  boolean asksForMore(DiscoveryRequestFields request) {
    return variant == XdsProtocol.DELTA && !request.names().isEmpty();
  }

  private Optional<String> tellStateOfTheWorld(
      ClientSession session, ResourceType type, DiscoveryRequestFields request) throws IOException {
    TypeState state = state(type);
    if (state.isStale(request.nonce())) {
      return Optional.empty();
    }
    answered(session, type, request);
    boolean first = !session.hasAskedFor(type);
    NameList before = state.names();
    if (request.unchanged() && Objects.equals(request.list(), before)) {
      session.proceed();
      return Optional.empty();
    }
    // The list of another type stands here: read it after all.
    DiscoveryRequestFields whole =
        request.unchanged() ? SotwReader.read(loop.buffer(), List.of()) : request;
    NameList list = whole.list();
    state.names(list == null ? null : loop.nameLists().acquire(list));
    loop.nameLists().release(before);
    Optional<String> tooMuch =
        session.want(type, new SotwSubscriptionRequest(whole.names(), whole.earlier()));
    if (tooMuch.isPresent()) {
      return tooMuch;
    }
    if (list == null && before == null && !first) {
      session.proceed();
    } else {
      session.flush();
    }
    return Optional.empty();
  }

  private Optional<String> tellDelta(
      ClientSession session, ResourceType type, DiscoveryRequestFields request)
      throws InvalidProtocolBufferException {
    answered(session, type, request);
    boolean answerOnly =
        session.hasAskedFor(type) && request.names().isEmpty() && request.unsubscribed().isEmpty();
    Optional<String> tooMuch =
        session.want(
            type,
            new DeltaSubscriptionRequest(
                request.names(), request.unsubscribed(), request.versions()));
    if (tooMuch.isPresent()) {
      return tooMuch;
    }
    if (answerOnly) {
      session.proceed();
    } else {
      session.flush();
    }
    return Optional.empty();
  }

  /** The request may answer the open response. */
  private void answered(ClientSession session, ResourceType type, DiscoveryRequestFields request)
      throws InvalidProtocolBufferException {
    if (!state(type).answers(request.nonce())) {
      return;
    }
    ByteString error = request.error();
    if (error == null) {
      session.acknowledged(type);
    } else {
      session.refused(type, com.google.rpc.Status.parseFrom(error).getMessage());
    }
  }

  /** Gives back what it shares with other streams. */
  void release() {
    types.values().forEach(state -> loop.nameLists().release(state.names()));
    types.clear();
  }
}
