package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.grpc.limits.StreamCharge;
import io.github.topologyxds.identity.AuthenticationMetrics;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.resources.node.ClientNode;
import io.grpc.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who opened a stream, as its credential proves; known before the stream's first message is read.
 *
 * <p>Owner: the event loop of the stream's connection.
 */
public final class StreamIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(StreamIdentity.class);

  private static final Context.Key<StreamIdentity> CURRENT = Context.key("stream-identity");

  private final AuthenticationMetrics metrics;
  private Optional<ClientIdentity> identity = Optional.empty();
  private @Nullable StreamCharge charge;

  StreamIdentity(AuthenticationMetrics metrics) {
    this.metrics = metrics;
  }

  Context current() {
    return Context.current().withValue(CURRENT, this);
  }

  /** The current stream counts for this, until it is proven whose it is. */
  static void countsFor(StreamCharge charge) {
    StreamIdentity current = CURRENT.get();
    if (current != null) {
      current.charge = charge;
    }
  }

  /** It is proven whose the stream is; returns false where that has too many: it has ended. */
  boolean is(ClientIdentity proven) {
    identity = Optional.of(proven);
    return charge == null || charge.moveTo(proven);
  }

  /**
   * Puts what the current stream's credential proves in the place of what its client claims; who
   * proves nothing where others do has no namespace to see Services from. A wrong claim is told and
   * stops nothing: a copied bootstrap must not end traffic, and whoever claims falsely gains
   * nothing.
   */
  public static ClientNode proven(ClientNode claimed) {
    StreamIdentity current = CURRENT.get();
    return current == null
        ? claimed
        : current
            .identity
            .map(proof -> current.proven(claimed, proof))
            .orElseGet(claimed::unproven);
  }

  private ClientNode proven(ClientNode claimed, ClientIdentity proof) {
    claimed
        .disprovedBy(proof)
        .ifPresent(claim -> {
          metrics.claimDiffers();
          LOG.warn("CLIENT_CLAIM_DIFFERS: {}: {}", proof, claim);
        });
    return claimed.provenBy(proof);
  }
}
