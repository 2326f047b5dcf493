package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.backend.EchoBackend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Clients with a TCP connection for each question: tcp_proxy balances connections. */
public final class TcpClients {
  /** The key of connections that brought no answer. */
  public static final String FAILED = "";

  private static final byte[] QUESTION =
      "GET / HTTP/1.1\r\nhost: db\r\nconnection: close\r\n\r\n"
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final int TIMEOUT_MS = 10_000;

  private TcpClients() {}

  /** Asks an echo backend through a TCP proxy; returns the answers by the backend's name. */
  public static Map<String, Long> ask(InetSocketAddress proxy, int connections)
      throws InterruptedException {
    Semaphore slots = new Semaphore(Proxy.CONCURRENCY);
    Map<String, Long> answers = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> client = () -> inSlot(slots, proxy);
      for (var answer :
          threads.invokeAll(Stream.generate(() -> client).limit(connections).toList())) {
        answers.merge(answer.get(), 1L, Long::sum);
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a TCP client failed", e.getCause());
    }
  }

  private static String inSlot(Semaphore slots, InetSocketAddress proxy)
      throws InterruptedException {
    slots.acquire();
    try {
      return one(proxy);
    } catch (IOException e) {
      return FAILED;
    } finally {
      slots.release();
    }
  }

  private static String one(InetSocketAddress proxy) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(proxy, TIMEOUT_MS);
      socket.getOutputStream().write(QUESTION);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer
          .lines()
          .filter(line -> line.startsWith(EchoBackend.BACKEND_HEADER + ": "))
          .map(line -> line.substring(EchoBackend.BACKEND_HEADER.length() + 2))
          .findFirst()
          .orElse(FAILED);
    }
  }
}
