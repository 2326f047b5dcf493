package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.network.PodNetwork;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is sent to a Service by UDP, and DNS by both: it leaves the Pod as it is, for kube-proxy's
 * rules to decide. In place of those of a Node, they are in the Pod's own namespace here.
 */
final class Datagrams {
  /** Of Service web, which is served by HTTP at port 80. */
  private static final String WEB = "10.96.0.10";

  private static final String WEB_IPV6 = "fd00:96::10";
  private static final int DNS = 53;
  private static final int PATIENCE_MILLIS = 8000;
  private static final int LARGEST = 512;

  private Datagrams() {}

  static void goTheirWay(Pod pod, RedirectMode mode) throws IOException {
    pod.bench().web(1);
    pod.bench().startServer();
    EnvoyProcess envoy = pod.startEnvoy();
    kubeProxy();
    for (Capture capture : List.of(Pod.SERVICES, new Capture.All())) {
      pod.network().redirect(RedirectRules.of(capture), mode);
      long before = Destinations.accepted(envoy);

      for (int port : new int[] {80, 5000, DNS}) {
        assertThat(echo(WEB, port)).isEqualTo("hello from " + PodNetwork.ADDRESS);
        assertThat(echo(WEB_IPV6, port)).isEqualTo("hello from " + PodNetwork.ADDRESS_IPV6);
      }
      assertThat(Pod.greeting(WEB, DNS)).as("DNS by TCP").isEqualTo("220 outside");
      assertThat(Pod.greeting(WEB_IPV6, DNS)).as("DNS by TCP").isEqualTo("220 outside");
      assertThat(Destinations.accepted(envoy)).as("not captured").isEqualTo(before);

      assertThat(Pod.curl("http://" + WEB + "/").output()).contains("x-backend: web-1-");
      assertThat(Pod.curl("http://[" + WEB_IPV6 + "]/").output()).contains("x-backend: web-1-");
      assertThat(Destinations.accepted(envoy)).as("HTTP to them is").isEqualTo(before + 2);
    }
  }

  /** All that goes to the Service's addresses is brought outside, and what TCP opens too. */
  private static void kubeProxy() throws IOException {
    Command.of(
            "nft",
            """
            table inet kube-proxy {
              chain nat-output {
                type nat hook output priority -100;
                ip daddr %1$s meta l4proto udp dnat ip to %3$s:%5$d
                ip6 daddr %2$s meta l4proto udp dnat ip6 to [%4$s]:%5$d
                ip daddr %1$s meta l4proto tcp dnat ip to %3$s:%6$d
                ip6 daddr %2$s meta l4proto tcp dnat ip6 to [%4$s]:%6$d
              }
            }
            """
                .formatted(
                    WEB,
                    WEB_IPV6,
                    PodNetwork.OUTSIDE,
                    PodNetwork.OUTSIDE_IPV6,
                    Outside.ECHOES,
                    Outside.GREETS))
        .run();
  }

  /** What comes back from the address that was asked, and from no other. */
  private static String echo(String address, int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
      byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
      socket.send(new DatagramPacket(hello, hello.length));
      DatagramPacket answer = new DatagramPacket(new byte[LARGEST], LARGEST);
      socket.receive(answer);
      return text(answer);
    }
  }

  /** Answers every datagram by what it says and who has sent it, until the socket is closed. */
  static void answer(DatagramSocket socket) {
    while (!socket.isClosed()) {
      try {
        DatagramPacket asked = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.receive(asked);
        String sender = InetAddresses.toAddrString(asked.getAddress());
        byte[] answer = (text(asked) + " from " + sender).getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }
}
