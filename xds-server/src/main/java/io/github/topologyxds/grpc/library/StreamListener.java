package io.github.topologyxds.grpc.library;

import io.github.topologyxds.grpc.connection.OpenStream;
import io.github.topologyxds.grpc.connection.Sessions;
import io.github.topologyxds.grpc.connection.StreamIdentity;
import io.github.topologyxds.grpc.wire.NodeIdentification;
import io.github.topologyxds.session.ClientSession;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of the library on one stream: moves everything to the stream's thread, keeps away
 * what the library cannot bear, and tells the session what the client wants and answers.
 *
 * @param <Q> the request's class
 */
final class StreamListener<Q> extends ServerCall.Listener<Q>
    implements OpenStream, LibraryStream.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamListener.class);

  private final ServerCall<Q, ?> call;
  private final ServerCall.Listener<Q> library;
  private final LibraryStream stream;
  private final StreamKind kind;
  private final Sessions sessions;

  /** What is known of the stream: tasks on the loop run outside of gRPC's calls. */
  private final Context context = Context.current();

  // Owner: the event loop of the stream's connection.
  private @Nullable ClientSession session;
  private boolean closed;

  StreamListener(
      ServerCall<Q, ?> call,
      ServerCall.Listener<Q> library,
      LibraryStream stream,
      Sessions sessions) {
    this.call = call;
    this.library = library;
    this.stream = stream;
    this.kind = StreamKind.of(call.getMethodDescriptor().getServiceName());
    this.sessions = sessions;
    stream.readBy(this);
    sessions.add(this);
  }

  @Override
  public void onMessage(Q message) {
    onThread(() -> receive(message));
  }

  @Override
  public void onHalfClose() {
    onThread(library::onHalfClose);
  }

  @Override
  public void onCancel() {
    onThread(this::finish);
  }

  @Override
  public void onComplete() {
    onThread(() -> {
      library.onComplete();
      leave();
    });
  }

  @Override
  public void onReady() {
    onThread(() -> {
      library.onReady();
      stream.ready();
    });
  }

  @Override
  public void proceed() {
    if (session != null) {
      session.proceed();
    }
  }

  @Override
  public void close(Status status) {
    onThread(() -> refuse(status));
  }

  /** Not at once, even on the loop: what the library is in the middle of is finished first. */
  private void onThread(Runnable task) {
    stream
        .loop()
        .execute(
            context.wrap(() -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                fail(e);
              }
            }));
  }

  @Override
  public void fail(RuntimeException defect) {
    LOG.error("a stream is closed after a defect of ours", defect);
    refuse(Status.INTERNAL.withDescription("internal error"));
  }

  private void receive(Q message) {
    if (closed) {
      return;
    }
    LibraryRequest.of(message)
        .ifPresentOrElse(
            this::receive,
            () -> refuse(Status.INVALID_ARGUMENT.withDescription("not a discovery request")));
  }

  private void receive(LibraryRequest request) {
    String typeUrl = kind.typeUrl(request.head().typeUrl());
    ClientSession open = introduce(request);
    Optional<ResourceType> accepted = open == null ? Optional.empty() : accept(typeUrl);
    if (open == null || accepted.isEmpty()) {
      return;
    }
    ResourceType type = accepted.get();
    if (request.isStale(type, stream)) {
      passOver();
      return;
    }
    boolean answers = stream.answers(type, request.head().nonce());
    if (answers) {
      answered(open, type, request.head().error());
    }
    Optional<String> tooMuch = request.want(type, open);
    if (tooMuch.isPresent()) {
      refuse(Status.RESOURCE_EXHAUSTED.withDescription(tooMuch.get()));
      return;
    }
    delegate((answers ? request : request.withoutUnknownNonce()).message(typeUrl));
    open.flush();
  }

  private static void answered(
      ClientSession session, ResourceType type, com.google.rpc.@Nullable Status error) {
    if (error == null) {
      session.acknowledged(type);
    } else {
      session.refused(type, error.getMessage());
    }
  }

  /** The first request of a stream must say who asks; later ones need not. */
  private @Nullable ClientSession introduce(LibraryRequest request) {
    if (session != null) {
      return session;
    }
    switch (request.head().identification()) {
      case NodeIdentification.Refused refused -> refuse(refused.status());
      case NodeIdentification.Accepted accepted -> {
        session =
            stream
                .loop()
                .sessions()
                .open(request.protocol(), StreamIdentity.proven(accepted.client()), stream);
        stream.introduced();
      }
    }
    return session;
  }

  /** A type that we do not serve is passed over: on an aggregated stream the others go on. */
  private Optional<ResourceType> accept(String typeUrl) {
    if (typeUrl.isEmpty() || kind.forbids(typeUrl)) {
      refuse(
          Status.INVALID_ARGUMENT.withDescription(
              typeUrl.isEmpty()
                  ? "type_url is required on an aggregated stream"
                  : "this service serves no resources of that type_url"));
      return Optional.empty();
    }
    Optional<ResourceType> type = ResourceType.of(typeUrl);
    if (type.isEmpty()) {
      passOver();
    }
    return type;
  }

  /** What the library does not get to see must still make room for the next message. */
  private void passOver() {
    call.request(1);
  }

  @SuppressWarnings("unchecked") // the message is of the call's own request class
  private void delegate(Object message) {
    library.onMessage((Q) message);
  }

  private void refuse(Status status) {
    if (!closed) {
      call.close(status, new Metadata());
      finish();
    }
  }

  /** However the stream ends: the library forgets its watches, and nobody is told any more. */
  private void finish() {
    if (!closed) {
      closed = true;
      library.onCancel();
      leave();
    }
  }

  private void leave() {
    closed = true;
    stream.leave();
    sessions.remove(this);
    if (session != null) {
      session.close(stream.departure());
      session = null;
    }
  }
}
