package io.github.topologyxds.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.api.AnsweringClient;
import io.github.topologyxds.api.AnsweringClient.Manner;
import io.github.topologyxds.api.RunningApi;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches is told that something changed, and keeps nobody else from an answer. */
class WatchTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void tellsOfClientsAndFindingsThatComeAndGo() throws Exception {
    try (RunningApi api = start();
        Socket all = watch(api, "/api/v1/?watch");
        Socket findings = watch(api, "/api/v1/findings?watch")) {
      BufferedReader events = reader(all);
      BufferedReader ofFindings = reader(findings);
      assertThat(event(events))
          .isEqualTo("data: {\"changed\":[\"clients\",\"findings\",\"load\",\"services\"]}");
      assertThat(event(ofFindings)).isEqualTo("data: {\"changed\":[\"findings\"]}");
      AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
      assertThat(event(events)).isEqualTo("data: {\"changed\":[\"clients\"]}");

      api.put(ApiServerTest.MANIFESTS.replace("name: web", "name: www"));
      assertThat(event(ofFindings)).isEqualTo("data: {\"changed\":[\"findings\"]}");
    }
  }

  /** So that one who shows a single Service need not read it again for every other. */
  @Test
  void namesTheServicesThatHaveChanged() throws Exception {
    try (RunningApi api = start();
        Socket services = watch(api, "/api/v1/services?watch")) {
      BufferedReader events = reader(services);
      assertThat(event(events)).isEqualTo("data: {\"changed\":[\"services\"]}");
      String moved = ApiServerTest.MANIFESTS.replace("10.0.1.1", "10.0.1.9");
      api.put(moved);
      assertThat(event(events))
          .isEqualTo("data: {\"changed\":[\"services\"],\"services\":[\"shop/cart\"]}");
      api.put(moved.replace("zone: zone-a}}}", "zone: zone-c}}}"));
      assertThat(event(events)).isEqualTo("data: {\"changed\":[\"services\"]}");
    }
  }

  /** They read nothing; whoever asks is answered, here and at the admin port. */
  @Test
  void answersBesideAsManyWatchersAsMayBe() throws Exception {
    List<Socket> watchers = new ArrayList<>();
    try (RunningApi api = start()) {
      for (int i = 0; i < Watchers.MAX_WATCHERS; i++) {
        watchers.add(watch(api, "/api/v1/?watch"));
        assertThat(watchers.getLast().getInputStream().read()).isEqualTo('H');
      }
      HttpResponse<String> tooMany = api.get("/api/v1/clients?watch");
      assertThat(tooMany.statusCode()).isEqualTo(503);
      assertThat(tooMany.body()).contains("32 watch already");
      assertThat(tooMany.headers().firstValue("retry-after")).isPresent();
      assertThat(api.get("/api/v1/findings").statusCode()).isEqualTo(200);
      URI probe = URI.create("http://127.0.0.1:" + api.adminPort() + "/readyz");
      assertThat(api.send(HttpRequest.newBuilder(probe)).statusCode()).isEqualTo(200);

      watchers.getFirst().close();
      await()
          .untilAsserted(() -> {
            try (Socket another = watch(api, "/api/v1/?watch")) {
              assertThat(reader(another).readLine()).isEqualTo("HTTP/1.1 200 OK");
            }
          });
    } finally {
      for (Socket watcher : watchers) {
        watcher.close();
      }
    }
  }

  /** What one does not take does not pile up; then it is told all of it in one event. */
  @Test
  void tellsASlowReaderOnce() {
    Stalled stalled = new Stalled();
    EmbeddedChannel channel = new EmbeddedChannel(stalled, new ChannelInboundHandlerAdapter());
    ChannelHandlerContext context = channel.pipeline().lastContext();
    Revisions revisions = new Revisions().with("clients", () -> 1).with("findings", () -> 1);
    Watcher watcher = new Watcher(context, List.of("clients", "findings"), revisions);
    watcher.tick(Map.of("clients", 2L, "findings", 1L));
    watcher.tick(Map.of("clients", 3L, "findings", 1L));
    watcher.tick(Map.of("clients", 3L, "findings", 2L));
    assertThat(stalled.texts).hasSize(1);

    stalled.taken();
    watcher.tick(Map.of("clients", 3L, "findings", 2L));
    assertThat(stalled.texts).hasSize(2);
    assertThat(stalled.texts.getLast()).contains("[\"clients\",\"findings\"]");
    stalled.taken();
    for (int i = 0; i < 30; i++) {
      watcher.tick(Map.of("clients", 3L, "findings", 2L));
    }
    assertThat(stalled.texts).hasSize(3);
    assertThat(stalled.texts.getLast()).isEqualTo(":\n\n");
    channel.finishAndReleaseAll();
  }

  /** A look that fails is not the last one. An embedded channel's own loop runs only when asked. */
  @Test
  @SuppressWarnings("deprecation")
  void goesOnAfterANumberThatCannotBeRead() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Revisions revisions =
        new Revisions()
            .with(
                "clients",
                () -> {
                  int look = looks.incrementAndGet();
                  if (look == 2) {
                    throw new IllegalStateException("the second look fails");
                  }
                  return look;
                });
    Stalled stalled = new Stalled();
    EmbeddedChannel channel = new EmbeddedChannel(stalled, new ReadTimeoutHandler(60));
    EventExecutor owner = new DefaultEventExecutor();
    channel.pipeline().addLast(owner, new ChannelInboundHandlerAdapter());
    ChannelHandlerContext context = channel.pipeline().lastContext();
    try (Watchers watchers = new Watchers(revisions)) {
      owner.submit(() -> watchers.add(context, List.of("clients"))).sync();
      await()
          .until(() -> {
            stalled.taken();
            return stalled.texts.size() > 1;
          });
    }
    assertThat(stalled.texts.getLast()).contains("[\"clients\"]");
    channel.finishAndReleaseAll();
    var unused = owner.shutdownGracefully();
  }

  /** Keeps what is written, until it is taken. */
  private static final class Stalled extends ChannelOutboundHandlerAdapter {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<ChannelPromise> promises = new CopyOnWriteArrayList<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (!(message instanceof HttpContent part)) {
        promise.setSuccess();
        return;
      }
      ByteBuf content = part.content();
      texts.add(content.toString(StandardCharsets.UTF_8));
      content.release();
      promises.add(promise);
    }

    void taken() {
      promises.forEach(ChannelPromise::trySuccess);
    }
  }

  private RunningApi start() throws Exception {
    return new RunningApi(folder, ApiServerTest.MANIFESTS);
  }

  private static Socket watch(RunningApi api, String path) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
    socket.setSoTimeout(20_000);
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws Exception {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads on to the data of the next event. */
  private static String event(BufferedReader reader) throws Exception {
    String line = reader.readLine();
    while (line != null && !line.startsWith("data:")) {
      line = reader.readLine();
    }
    return String.valueOf(line);
  }
}
