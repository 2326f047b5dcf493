package io.github.topologyxds.grpc.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnfinishedRequestsTest {
  private final List<String> ended = new ArrayList<>();
  private final UnfinishedRequests requests = new UnfinishedRequests(100);

  private UnfinishedRequests.Share share(String name) {
    return requests.of(() -> ended.add(name));
  }

  @Test
  void theConnectionWithMostOfThemEndsAndNotTheOneThatCameLast() {
    UnfinishedRequests.Share small = share("small");
    UnfinishedRequests.Share large = share("large");
    large.add(90);
    small.add(5);
    assertThat(ended).isEmpty();
    small.add(6);
    assertThat(ended).containsExactly("large");
    assertThat(requests.bytes()).isEqualTo(11);
    // What it still does counts no more.
    large.add(1_000);
    large.add(-1_000);
    assertThat(requests.bytes()).isEqualTo(11);
    assertThat(ended).hasSize(1);
  }

  @Test
  void aConnectionThatIsGoneHasNothing() {
    UnfinishedRequests.Share one = share("one");
    one.add(60);
    one.close();
    share("other").add(60);
    assertThat(ended).isEmpty();
    assertThat(requests.bytes()).isEqualTo(60);
  }

  @Test
  void whatIsCompleteIsNotHeldHoweverTheBytesAreCut() {
    Random random = new Random(7);
    ByteBuffer messages = ByteBuffer.allocate(1 << 16);
    for (int i = 0; i < 50; i++) {
      int length = random.nextInt(1_000);
      messages.put((byte) 0).putInt(length).put(new byte[length]);
    }
    messages.put((byte) 0).putInt(700).put(new byte[300]);
    messages.flip();
    RequestFraming framing = new RequestFraming();
    while (messages.hasRemaining()) {
      byte[] part = new byte[Math.min(messages.remaining(), random.nextInt(400))];
      messages.get(part);
      framing.read(Unpooled.wrappedBuffer(part));
    }
    assertThat(framing.held()).isEqualTo(5 + 300);
  }
}
