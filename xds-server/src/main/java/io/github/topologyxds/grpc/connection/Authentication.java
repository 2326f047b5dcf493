package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.identity.AuthenticationMetrics;
import io.github.topologyxds.identity.Authenticator;
import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.Judgement;
import io.github.topologyxds.identity.Presented;
import io.github.topologyxds.identity.Verdict;
import io.github.topologyxds.logging.CurrentClient;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every method of every service: nothing of a stream is read before its client is
 * known. A stream is set up at once all the same, as gRPC tells only then which one it is, see
 * {@link Connection#newestStream}.
 */
public final class Authentication implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final EventLoops loops;
  private final Parts parts;

  /** What judges, watches and counts. */
  public record Parts(
      Authenticator authenticator, CredentialWatch watch, AuthenticationMetrics metrics) {}

  /** Asks for what a client says of itself to be proved. */
  public Authentication(EventLoops loops, Parts parts) {
    this.loops = loops;
    this.parts = parts;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    DeliveryLoop loop = loops.current();
    Presented presented = new Presented(authorization(headers), certificate(call));
    CompletableFuture<Judgement> judgement = parts.authenticator().judge(presented);
    @Nullable Judgement known = judgement.getNow(null);
    if (known != null && known.verdict() instanceof Verdict.Refused refused) {
      GatedCall<Q, R> gated = new GatedCall<>(call);
      loop.after(known.after(), () -> refuse(gated, refused.failure()));
      return new Refused<>(gated);
    }
    Admitted<Q, R> admitted = new Admitted<>(call, loop, presented.token().orElse(""));
    ServerCall.Listener<Q> listener = admitted.start(headers, next);
    if (known == null) {
      var unused = judgement.thenAccept(found -> loop.execute(() -> admitted.judged(found)));
    } else {
      admitted.judged(known);
    }
    return listener;
  }

  private static List<String> authorization(Metadata headers) {
    @Nullable Iterable<String> values = headers.getAll(AUTHORIZATION);
    return values == null ? List.of() : StreamSupport.stream(values.spliterator(), false).toList();
  }

  private static Optional<X509Certificate> certificate(ServerCall<?, ?> call) {
    @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void refuse(GatedCall<?, ?> call, AuthenticationFailure failure) {
    parts.metrics().failed(failure);
    @Nullable SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    CurrentClient.causes(
        client,
        () -> LOG.info("{} is not let in, {}: {}", client, failure.label(), failure.words()));
    Status status = failure.passes() ? Status.UNAVAILABLE : Status.UNAUTHENTICATED;
    call.close(status.withDescription(failure.words()), new Metadata());
  }

  /** One that waits for its refusal. */
  private static final class Refused<Q> extends ServerCall.Listener<Q> {
    private final GatedCall<Q, ?> call;

    Refused(GatedCall<Q, ?> call) {
      this.call = call;
    }

    @Override
    public void onCancel() {
      call.over();
    }
  }

  /** One that is set up, and reads once it has been judged. Owner: the loop. */
  private final class Admitted<Q, R> implements CredentialWatch.Stream {
    private final GatedCall<Q, R> call;
    private final DeliveryLoop loop;
    private final String token;
    private final StreamIdentity identity = new StreamIdentity(parts.metrics());
    private Runnable onEnd = () -> {};
    private boolean over;

    Admitted(ServerCall<Q, R> call, DeliveryLoop loop, String token) {
      this.call = new GatedCall<>(call);
      this.loop = loop;
      this.token = token;
    }

    ServerCall.Listener<Q> start(Metadata headers, ServerCallHandler<Q, R> next) {
      return new SimpleForwardingServerCallListener<>(
          Contexts.interceptCall(identity.current(), call, headers, next)) {
        @Override
        public void onCancel() {
          call.over();
          ended();
          super.onCancel();
        }

        @Override
        public void onComplete() {
          ended();
          super.onComplete();
        }
      };
    }

    private void ended() {
      over = true;
      onEnd.run();
    }

    void judged(Judgement judgement) {
      if (over) {
        return;
      }
      switch (judgement.verdict()) {
        case Verdict.Verified verified -> {
          if (identity.is(verified.identity())) {
            onEnd = parts.watch().opened(this, token, verified.validity());
            call.open();
          }
        }
        case Verdict.Claimed claimed -> call.open();
        case Verdict.Refused refused -> refuse(call, refused.failure());
      }
    }

    @Override
    public void end(AuthenticationFailure failure) {
      loop.execute(() -> {
        if (!over) {
          refuse(call, failure);
        }
      });
    }
  }
}
