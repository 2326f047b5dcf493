package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a kubelet does for {@code pods/portforward}: a WebSocket {@code v4.channel.k8s.io} with two
 * channels for the port, data and errors, each of which begins with a message that names the port
 * (pkg/kubelet/kubelet_server's portforward/websocket.go). The Pods' ports are ports of this
 * machine.
 */
public final class PodPorts {
  static final String PROTOCOL = "v4.channel.k8s.io";

  private static final int DATA = 0;
  private static final int ERROR = 1;
  private static final int BUFFER = 4096;

  /** By {@code namespace/name}. */
  private final Map<String, Leads> pods = new ConcurrentHashMap<>();

  /**
   * Where the ports of a Pod lead.
   *
   * @param port on loopback
   * @param cutAfter so many bytes of the Pod get through, and the connection breaks
   */
  private record Leads(int port, long cutAfter) {}

  /**
   * From now on all ports of a Pod lead to this one on loopback.
   *
   * @param pod {@code namespace/name}
   */
  public void lead(String pod, int port) {
    pods.put(pod, new Leads(port, Long.MAX_VALUE));
  }

  /** The same, and each connection breaks after so many bytes of the Pod's. */
  public void leadAndCut(String pod, int port, long cutAfter) {
    pods.put(pod, new Leads(port, cutAfter));
  }

  /** Forwards until one side ends it. */
  void forward(Answer.PortForward asked, WebSocketFrames frames) throws IOException {
    byte[] port = {(byte) asked.port(), (byte) (asked.port() >>> 8)};
    frames.send(DATA, port, port.length);
    frames.send(ERROR, port, port.length);
    Leads leads = pods.getOrDefault(asked.pod(), new Leads(0, Long.MAX_VALUE));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), leads.port())) {
      Thread back =
          Thread.ofVirtual()
              .name("portforward-back")
              .start(() -> back(socket, frames, leads.cutAfter()));
      Optional<byte[]> message = frames.read();
      while (message.isPresent()) {
        socket.getOutputStream().write(message.get(), 1, message.get().length - 1);
        message = frames.read();
      }
      back.interrupt();
    } catch (IOException e) {
      byte[] words =
          "error forwarding port %d to pod %s: connect to localhost:%1$d inside namespace: connection refused"
              .formatted(asked.port(), asked.pod())
              .getBytes(StandardCharsets.UTF_8);
      frames.send(ERROR, words, words.length);
      frames.sendClose();
    }
  }

  /** From the Pod to the client; the end of the one is the end of the other. */
  private static void back(Socket socket, WebSocketFrames frames, long cutAfter) {
    byte[] buffer = new byte[BUFFER];
    long left = cutAfter;
    try (socket;
        InputStream in = socket.getInputStream()) {
      int read = in.read(buffer);
      while (read >= 0 && left > 0) {
        int through = (int) Math.min(read, left);
        frames.send(DATA, buffer, through);
        left -= through;
        read = left > 0 ? in.read(buffer) : -1;
      }
      frames.sendClose();
    } catch (IOException e) {
      // The client has ended it: so does this.
      Thread.onSpinWait();
    }
  }
}
