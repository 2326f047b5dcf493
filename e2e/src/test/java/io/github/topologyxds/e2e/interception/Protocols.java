package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.EndpointState;
import io.github.topologyxds.e2e.bench.GrpcClients;
import io.github.topologyxds.e2e.bench.GrpcEcho;
import io.github.topologyxds.e2e.bench.ServiceSpec;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** What applications speak. */
final class Protocols {
  private static final RedirectRules RULES = RedirectRules.of(Pod.SERVICES);
  private static final String BACKEND = "127.1.1.77";

  private Protocols() {}

  static void allPass(Pod pod) throws Exception {
    pod.bench().web(1);
    int port = FreePorts.next();
    service(pod, new ServiceSpec.Port("grpc", 80, port, "kubernetes.io/h2c"), "echo");
    GrpcEcho echo = new GrpcEcho("zone-a", new InetSocketAddress(BACKEND, port));
    pod.bench().closing(echo::die);
    try (WebSocketEcho socket = new WebSocketEcho(BACKEND)) {
      service(pod, new ServiceSpec.Port("http", 80, socket.port(), "kubernetes.io/ws"), "chat");
      pod.bench().startServer();
      pod.network().redirect(RULES, RedirectMode.NFT);
      pod.startEnvoy();

      assertThat(Pod.curl("http://10.96.0.10/").output()).startsWith("HTTP/1.1 200");
      assertThat(Pod.curl("--http2-prior-knowledge", "http://10.96.0.10/").output())
          .startsWith("HTTP/2 200")
          .contains("x-backend: web-1-");
      try (GrpcClients clients = new GrpcClients(new InetSocketAddress("10.96.0.11", 80), "echo")) {
        assertThat(clients.call(100)).isEqualTo(Map.of("zone-a", 100L));
      }
      assertThat(WebSocketEcho.ask("ws://10.96.0.12/", "here")).isEqualTo("here");
    }
  }

  static void serverFirst(Pod pod) throws IOException {
    try (ServerSocket db = greeting()) {
      service(pod, new ServiceSpec.Port("mysql", 3306, db.getLocalPort(), ""), "db");
      pod.bench().startServer();
      pod.network().redirect(RULES, RedirectMode.NFT);
      pod.startEnvoy();

      for (int i = 0; i < 10; i++) {
        assertThat(Pod.greeting("10.96.0.10", 3306)).isEqualTo("220 db");
        assertThat(Pod.greeting("fd00:96::10", 3306)).isEqualTo("220 db");
      }
    }
  }

  static void onePortNumber(Pod pod) throws IOException {
    try (ServerSocket db = greeting()) {
      pod.bench().web(1);
      service(pod, new ServiceSpec.Port("mysql", 80, db.getLocalPort(), ""), "db");
      pod.bench().startServer();
      pod.network().redirect(RULES, RedirectMode.NFT);
      pod.startEnvoy();

      for (int i = 0; i < 10; i++) {
        assertThat(Pod.greeting("10.96.0.11", 80)).isEqualTo("220 db");
        assertThat(Pod.greeting("fd00:96::11", 80)).isEqualTo("220 db");
        assertThat(Pod.curl("http://10.96.0.10/").output()).contains("x-backend: web-1-");
        assertThat(Pod.curl("http://[fd00:96::10]/").output()).contains("x-backend: web-1-");
      }
    }
  }

  private static ServerSocket greeting() throws IOException {
    ServerSocket db = new ServerSocket(0, 50, InetAddress.getByName(BACKEND));
    Thread.ofVirtual().start(() -> Outside.greet(db, "220 db"));
    return db;
  }

  /** Service shop/NAME with one endpoint in zone-a. */
  private static void service(Pod pod, ServiceSpec.Port port, String name) throws IOException {
    ServiceSpec spec = ServiceSpec.of(Bench.NAMESPACE, name).withPort(port);
    BackendSpec backend = new BackendSpec(name + "-0", "zone-a", "node-a", BACKEND, port.target());
    pod.bench().world().slice(spec, Map.of(backend, EndpointState.READY));
    pod.bench().world().service(spec);
  }
}
