package io.github.topologyxds.e2e.apiserver;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * The one thing of a kubelet that a real API server asks for here: {@code /portForward/NS/POD},
 * over TLS on loopback.
 */
public final class KubeletStandIn implements AutoCloseable {
  private final PodPorts pods = new PodPorts();
  private final SSLServerSocket server;

  private KubeletStandIn(SSLServerSocket server) {
    this.server = server;
  }

  /** Starts at a free port, with a certificate of its own. */
  public static KubeletStandIn start() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=kubelet")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    KubeletStandIn kubelet =
        new KubeletStandIn(
            (SSLServerSocket)
                tls.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("kubelet-accept").start(kubelet::accept);
    return kubelet;
  }

  /** The port to name in the Node's {@code status.daemonEndpoints}. */
  public int port() {
    return server.getLocalPort();
  }

  /** Where the ports of Pods lead. */
  public PodPorts pods() {
    return pods;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("kubelet").start(() -> serve(socket));
      } catch (IOException e) {
        // Closed: the loop sees it.
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Wire wire = new Wire(socket);
      Request request = wire.read();
      if (request != null) {
        String[] path = request.path().split("/", -1);
        pods.forward(
            new Answer.PortForward(
                path[2] + "/" + path[3], Integer.parseInt(request.parameters().get("port"))),
            wire.webSocket(request, PodPorts.PROTOCOL));
      }
    } catch (IOException e) {
      // The API server has ended it.
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
