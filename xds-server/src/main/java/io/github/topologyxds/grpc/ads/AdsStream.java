package io.github.topologyxds.grpc.ads;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.topologyxds.grpc.connection.Admission;
import io.github.topologyxds.grpc.connection.Backpressure;
import io.github.topologyxds.grpc.connection.CallListener;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.OpenStream;
import io.github.topologyxds.grpc.connection.StreamIdentity;
import io.github.topologyxds.grpc.wire.DiscoveryRequestFields;
import io.github.topologyxds.grpc.wire.EncodedResponse;
import io.github.topologyxds.grpc.wire.NodeIdentification;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.session.Departure;
import io.github.topologyxds.session.Transport;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One aggregated stream: opens the session of its client, hands its requests on, and sends what the
 * session is due.
 *
 * <p>Owner: the event loop of its connection; only {@link #close} comes from elsewhere.
 */
final class AdsStream implements Transport, OpenStream, Admission.Waiter, CallListener.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(AdsStream.class);

  private final ServerCall<InputStream, EncodedResponse> call;
  private final XdsProtocol variant;
  private final DeliveryLoop loop;
  private final Backpressure backpressure;

  private final DiscoveryRequests requests;
  private @Nullable ClientSession session;
  private boolean headersSent;
  private boolean closed;

  AdsStream(
      ServerCall<InputStream, EncodedResponse> call,
      XdsProtocol variant,
      DeliveryLoop loop,
      Backpressure backpressure) {
    this.call = call;
    this.variant = variant;
    this.loop = loop;
    this.backpressure = backpressure;
    this.requests = new DiscoveryRequests(variant, loop);
  }

  @Override
  public void receive(InputStream message) {
    if (closed) {
      return;
    }
    try {
      DiscoveryRequestFields request = requests.read(message);
      ClientSession open = session == null ? introduce(request.node()) : session;
      if (open != null) {
        requests.tell(open, request).ifPresent(this::end);
      }
      if (requests.asksForMore(request)) {
        backpressure.asked();
      }
    } catch (IOException e) {
      LOG.debug("not a discovery request", e);
      end(Status.INVALID_ARGUMENT.withDescription("not a discovery request"));
    }
    if (!closed) {
      call.request(1);
    }
  }

  private @Nullable ClientSession introduce(@Nullable ByteString node)
      throws InvalidProtocolBufferException {
    switch (NodeIdentification.of(node)) {
      case NodeIdentification.Refused refused -> end(refused.status());
      case NodeIdentification.Accepted accepted -> {
        session = loop.sessions().open(variant, StreamIdentity.proven(accepted.client()), this);
        backpressure.introduced();
      }
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
  public String send(Push push) {
    TypeState state = requests.state(push.type());
    EncodedResponse response = loop.responses().encode(variant, push, state.lastNonce());
    state.sent(response.nonce());
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    backpressure.sending(response.length());
    call.sendMessage(response);
    backpressure.sent();
    return response.version();
  }

  @Override
  public String peer() {
    return backpressure.peer();
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

  @Override
  public void end(Status status) {
    if (!closed) {
      leave(OpenStream.departure(status));
      call.close(status, new Metadata());
    }
  }

  @Override
  public void cancelled() {
    leave(backpressure.cancelled());
  }

  /** However the stream ends: nobody is told any more. */
  private void leave(Departure departure) {
    closed = true;
    backpressure.leave(this);
    if (session != null) {
      session.close(departure);
      session = null;
      requests.release();
    }
  }
}
