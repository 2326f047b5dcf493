package io.github.topologyxds.benchmarks.load.refused;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.grpc.connection.Authentication;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.identity.AuthenticationMetrics;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.Authenticator;
import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.KeyRing;
import io.github.topologyxds.identity.SigningKeys;
import io.github.topologyxds.identity.TokenRules;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/**
 * The server that refuses: {@code --authenticate required} with a key of its own, so that no token
 * that anybody brings is good. Ends with its standard input.
 */
final class RefusingServer {
  private RefusingServer() {}

  /** Prints {@code port N} and waits. */
  public static void main(String[] args) throws IOException, JOSEException {
    SigningKeys keys =
        new SigningKeys(
            ForgedTokens.ISSUER,
            new JWKSet(
                new RSAKeyGenerator(2048)
                    .keyID(ForgedTokens.KEY)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate()
                    .toPublicJWK()));
    Clock clock = Clock.systemUTC();
    try (KeyRing ring = KeyRing.follow(() -> keys, clock);
        Authenticator authenticator =
            new Authenticator(
                AuthenticationMode.REQUIRED, new TokenRules("topology-xds"), ring, clock);
        CredentialWatch watch =
            new CredentialWatch(authenticator, token -> Optional.empty(), clock);
        XdsServer server = start(authenticator, watch)) {
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        // Until the other end of the pipe is gone.
      }
    }
  }

  private static XdsServer start(Authenticator authenticator, CredentialWatch watch)
      throws IOException {
    ResourceStore store = new ResourceStore("cluster.local");
    store.markComplete();
    return new XdsServer(
        new XdsServer.Port(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            XdsLimits.DEFAULT,
            null,
            Optional.of(
                new Authentication.Parts(authenticator, watch, new AuthenticationMetrics()))),
        store,
        new DeliveryMetrics());
  }
}
