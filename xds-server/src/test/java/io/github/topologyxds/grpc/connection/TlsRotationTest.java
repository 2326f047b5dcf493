package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.tls.RotatedTls;
import io.github.topologyxds.tls.TestAuthority;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are rotated under open streams; who may come in follows the files. */
class TlsRotationTest {
  private static final int STREAMS = 100;
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @TempDir private Path folder = Path.of("");
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Who a client trusts, and who it is (null: nobody). */
  private record Identity(TestAuthority trusted, @Nullable X509Bundle own) {}

  @AfterEach
  void disconnect() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  @Test
  void rotatesEverythingUnderAHundredStreams() throws Exception {
    TestAuthority before = new TestAuthority("before");
    TestAuthority after = new TestAuthority("after");
    TlsFiles files = TestAuthority.write(folder, before.server("xds"), before.pem());
    try (RotatedTls tls = RotatedTls.follow(files, INTERVAL, new FindingRecorder());
        ServerUnderTest server =
            ServerUnderTest.with(
                tls.context(), service("cart"), slice("cart", "zone-a", "10.0.0.1"))) {
      Identity old = new Identity(before, before.client("old"));
      List<DeltaStream> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        streams.add(connect(server, old));
      }
      for (DeltaStream stream : streams) {
        subscribe(stream);
      }

      // Both authorities for a while, then the new one alone.
      TestAuthority.write(folder, after.server("xds"), before.pem() + after.pem());
      Identity crossing = new Identity(after, before.client("crossing"));
      awaitLetIn(server, crossing);
      TestAuthority.write(folder, after.server("xds"), after.pem());
      Identity stranger = new Identity(after, before.client("stranger"));
      await().until(() -> refusal(server, stranger).getCode() == Status.Code.UNAVAILABLE);
      awaitLetIn(server, new Identity(after, after.client("new")));
      assertThat(refusal(server, new Identity(after, null)).getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refusal(server, old).getCode()).isEqualTo(Status.Code.UNAVAILABLE);

      server.put(slice("cart", "zone-a", "10.0.0.9"));
      for (DeltaStream stream : streams) {
        assertThat(stream.inbox().ended()).isFalse();
        assertThat(stream.accept(ResourceType.ENDPOINT).tiers(cluster("cart")))
            .containsExactly(List.of("10.0.0.9"));
      }
      disconnect();
    }
  }

  @Test
  void aBadFileLeavesWhatWasInForce() throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    TlsFiles files = TestAuthority.write(folder, authority.server("xds"), authority.pem());
    Identity client = new Identity(authority, authority.client("envoy"));
    try (RotatedTls tls = RotatedTls.follow(files, INTERVAL, new FindingRecorder());
        ServerUnderTest server = ServerUnderTest.with(tls.context(), service("cart"))) {
      Files.writeString(files.certificate(), "half a cert");
      await().until(() -> !warnings(server).isEmpty());
      awaitLetIn(server, client);
      assertThat(warnings(server))
          .singleElement()
          .asString()
          .contains("tls.crt", "holds no PEM certificate", "what was in force before stays");

      Files.delete(files.key());
      await().until(() -> warnings(server).size() == 2);
      assertThat(warnings(server).getLast()).contains("tls.key: there is no such file");
      awaitLetIn(server, client);

      TestAuthority next = new TestAuthority("next");
      TestAuthority.write(folder, next.server("xds"), next.pem());
      awaitLetIn(server, new Identity(next, next.client("envoy")));
      disconnect();
    }
  }

  private static List<String> warnings(ServerUnderTest server) {
    return server.log().with(Reason.TLS_FILE_INVALID.name());
  }

  private DeltaStream connect(ServerUnderTest server, Identity identity) throws IOException {
    SslContextBuilder builder =
        GrpcSslContexts.forClient().trustManager(identity.trusted().certificate());
    X509Bundle own = identity.own();
    if (own != null) {
      builder.keyManager(own.getKeyPair().getPrivate(), own.getCertificatePath());
    }
    channels.add(
        NettyChannelBuilder.forAddress(server.address()).sslContext(builder.build()).build());
    return ServerUnderTest.delta(channels.getLast());
  }

  private static void subscribe(DeltaStream stream) throws InterruptedException {
    stream.subscribe(ResourceType.ENDPOINT, cluster("cart"));
    stream.accept(ResourceType.ENDPOINT);
  }

  private void awaitLetIn(ServerUnderTest server, Identity identity) {
    await().until(() -> refusal(server, identity).isOk());
  }

  private Status refusal(ServerUnderTest server, Identity identity) throws Exception {
    try (DeltaStream stream = connect(server, identity)) {
      stream.subscribe(ResourceType.CLUSTER);
      await().until(() -> stream.inbox().ended() || stream.inbox().waiting() > 0);
      return stream.inbox().waiting() > 0 ? Status.OK : stream.end();
    }
  }
}
