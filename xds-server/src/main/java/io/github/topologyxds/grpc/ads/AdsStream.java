package io.github.topologyxds.grpc.ads;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.topologyxds.grpc.connection.Admission;
import io.github.topologyxds.grpc.connection.Backpressure;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.OpenStream;
import io.github.topologyxds.grpc.wire.DeltaReader;
import io.github.topologyxds.grpc.wire.DiscoveryRequestFields;
import io.github.topologyxds.grpc.wire.EncodedResponse;
import io.github.topologyxds.grpc.wire.NameList;
import io.github.topologyxds.grpc.wire.NodeIdentification;
import io.github.topologyxds.grpc.wire.SotwReader;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.session.Transport;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsProtocol;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One aggregated stream: reads requests, tells the session, and sends what it is due.
 *
 * <p>Owner: the event loop of its connection; only {@link #close} comes from elsewhere.
 */
final class AdsStream implements Transport, OpenStream, Admission.Waiter {
  private static final Logger LOG = LoggerFactory.getLogger(AdsStream.class);

  private final ServerCall<InputStream, EncodedResponse> call;
  private final XdsProtocol protocol;
  private final DeliveryLoop loop;
  private final Backpressure backpressure;

  private final Map<ResourceType, TypeState> types = new EnumMap<>(ResourceType.class);
  private @Nullable ClientSession session;
  private boolean headersSent;
  private boolean closed;

  AdsStream(
      ServerCall<InputStream, EncodedResponse> call,
      XdsProtocol protocol,
      DeliveryLoop loop,
      Backpressure backpressure) {
    this.call = call;
    this.protocol = protocol;
    this.loop = loop;
    this.backpressure = backpressure;
  }

  private TypeState state(ResourceType type) {
    return types.computeIfAbsent(type, t -> new TypeState());
  }

  /** A request has come. */
  void receive(InputStream message) {
    if (closed) {
      return;
    }
    try {
      loop.buffer().read(message);
      DiscoveryRequestFields request =
          switch (protocol) {
            case STATE_OF_THE_WORLD ->
                SotwReader.read(loop.buffer(), TypeState.names(types.values()));
            case DELTA -> DeltaReader.read(loop.buffer());
          };
      take(request);
    } catch (IOException e) {
      LOG.debug("not a discovery request", e);
      end(Status.INVALID_ARGUMENT.withDescription("not a discovery request"));
    }
    if (!closed) {
      call.request(1);
    }
  }

  private void take(DiscoveryRequestFields request) throws IOException {
    ClientSession open = session == null ? introduce(request.node()) : session;
    if (open == null) {
      return;
    }
    if (request.typeUrl().isEmpty()) {
      end(Status.INVALID_ARGUMENT.withDescription("type_url is required on an aggregated stream"));
      return;
    }
    Optional<ResourceType> type = ResourceType.of(request.typeUrl());
    if (type.isEmpty()) {
      // One that we do not serve: the others go on.
      return;
    }
    switch (protocol) {
      case STATE_OF_THE_WORLD -> takeStateOfTheWorld(open, type.get(), request);
      case DELTA -> takeDelta(open, type.get(), request);
    }
  }

  private void takeStateOfTheWorld(
      ClientSession open, ResourceType type, DiscoveryRequestFields request) throws IOException {
    TypeState state = state(type);
    if (state.isStale(request.nonce())) {
      return;
    }
    answered(open, type, request);
    boolean first = !open.hasAskedFor(type);
    NameList before = state.names();
    if (request.unchanged() && Objects.equals(request.list(), before)) {
      open.proceed();
      return;
    }
    // The list of another type stands here: read it after all.
    DiscoveryRequestFields whole =
        request.unchanged() ? SotwReader.read(loop.buffer(), List.of()) : request;
    NameList list = whole.list();
    state.names(list == null ? null : loop.nameLists().acquire(list));
    loop.nameLists().release(before);
    if (!goesOn(open.want(type, new SotwSubscriptionRequest(whole.names(), whole.earlier())))) {
      return;
    }
    if (list == null && before == null && !first) {
      open.proceed();
    } else {
      open.flush();
    }
  }

  private void takeDelta(ClientSession open, ResourceType type, DiscoveryRequestFields request)
      throws InvalidProtocolBufferException {
    answered(open, type, request);
    boolean answerOnly =
        open.hasAskedFor(type) && request.names().isEmpty() && request.unsubscribed().isEmpty();
    if (!goesOn(
        open.want(
            type,
            new DeltaSubscriptionRequest(
                request.names(), request.unsubscribed(), request.versions())))) {
      return;
    }
    if (answerOnly) {
      open.proceed();
    } else {
      open.flush();
    }
  }

  private boolean goesOn(Optional<String> tooMuch) {
    tooMuch.ifPresent(why -> end(Status.RESOURCE_EXHAUSTED.withDescription(why)));
    return tooMuch.isEmpty();
  }

  /** The request may answer the open response. */
  private void answered(ClientSession open, ResourceType type, DiscoveryRequestFields request)
      throws InvalidProtocolBufferException {
    if (!state(type).answers(request.nonce())) {
      return;
    }
    ByteString error = request.error();
    if (error == null) {
      open.acknowledged(type);
    } else {
      open.refused(type, com.google.rpc.Status.parseFrom(error).getMessage());
    }
  }

  private @Nullable ClientSession introduce(@Nullable ByteString node)
      throws InvalidProtocolBufferException {
    switch (NodeIdentification.of(node)) {
      case NodeIdentification.Refused refused -> end(refused.status());
      case NodeIdentification.Accepted accepted ->
          session = loop.sessions().open(protocol, accepted.client(), this);
    }
    return session;
  }

  /** What was sent has left, or there is room for more. */
  @Override
  public void ready() {
    backpressure.ready();
    if (session != null && !closed) {
      session.proceed();
    }
  }

  @Override
  public boolean isReady(int resources) {
    return !closed && backpressure.admits(this, resources);
  }

  @Override
  public void send(Push push) {
    TypeState state = state(push.type());
    EncodedResponse response = loop.responses().encode(protocol, push, state.lastNonce());
    state.sent(response.nonce());
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    backpressure.sending(response.length());
    call.sendMessage(response);
    backpressure.sent();
  }

  @Override
  public void fail(RuntimeException defect) {
    LOG.error("a stream is closed after a defect of ours", defect);
    end(Status.INTERNAL.withDescription("internal error"));
  }

  @Override
  public void close(Status status) {
    loop.execute(() -> end(status));
  }

  void end(Status status) {
    if (!closed) {
      leave();
      call.close(status, new Metadata());
    }
  }

  /** However the stream ends: nobody is told any more. */
  void leave() {
    closed = true;
    backpressure.leave(this);
    if (session != null) {
      session.close();
      session = null;
      types.values().forEach(state -> loop.nameLists().release(state.names()));
      types.clear();
    }
  }
}
