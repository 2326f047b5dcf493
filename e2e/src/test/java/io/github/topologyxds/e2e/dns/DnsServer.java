package io.github.topologyxds.e2e.dns;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A name server on loopback (RFC 1035, UDP): A records, and a count of who was asked for. */
final class DnsServer implements Closeable {
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final int ANSWER = 0x8180;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Map<String, Records> records = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> asked = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().start(this::serve);

  /** The addresses of a name, and for how many seconds they are good. */
  private record Records(List<String> addresses, int seconds) {}

  DnsServer() throws IOException {}

  int port() {
    return socket.getLocalPort();
  }

  /** From now on a name has these IPv4 addresses; none: it exists, and has none. */
  void put(String name, int seconds, String... addresses) {
    records.put(name, new Records(List.of(addresses), seconds));
  }

  /** Returns how often somebody asked for a name's IPv4 addresses. */
  long asked(String name) {
    return asked.getOrDefault(name, new AtomicLong()).get();
  }

  /** Returns all names that somebody asked for. */
  List<String> names() {
    return List.copyOf(asked.keySet());
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, which ends the loop; or an answer that nobody waits for.
      }
    }
  }

  private byte[] answer(ByteBuffer query) throws IOException {
    query.position(HEADER);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = query.getShort();
    int end = query.position() + Short.BYTES;
    Records known = records.get(name.toString());
    List<String> addresses = known == null || type != TYPE_A ? List.of() : known.addresses();
    if (type == TYPE_A) {
      asked.computeIfAbsent(name.toString(), n -> new AtomicLong()).incrementAndGet();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(query.getShort(0));
    out.writeShort(known == null ? ANSWER | NO_SUCH_NAME : ANSWER);
    out.writeShort(1);
    out.writeShort(addresses.size());
    out.writeInt(0);
    byte[] question = new byte[end - HEADER];
    query.get(HEADER, question);
    out.write(question);
    for (String address : addresses) {
      out.writeShort(0xC000 | HEADER);
      out.writeShort(TYPE_A);
      out.writeShort(1);
      out.writeInt(known == null ? 0 : known.seconds());
      out.writeShort(4);
      out.write(InetAddress.getByName(address).getAddress());
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
    thread.interrupt();
  }
}
