package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Large responses go out up to 6 MiB at a time; who has to wait is asked again, in turn. */
class AdmissionTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 1000;
  private static final int SMALL = 64;

  private final FakeTimer timer = new FakeTimer();
  private final Admission admission = new Admission(timer);
  private final List<String> asked = new ArrayList<>();

  /** A loop whose tasks run when the test says so. */
  private static final class FakeTimer implements Admission.Timer {
    private final Deque<Runnable> soon = new ArrayDeque<>();
    private final Queue<Timed> later = new PriorityQueue<>(Comparator.comparingLong(Timed::at));
    private long now;

    private record Timed(long at, Runnable task) {}

    @Override
    public void soon(Runnable task) {
      soon.add(task);
    }

    @Override
    public void after(long seconds, Runnable task) {
      later.add(new Timed(now + seconds, task));
    }

    void run() {
      while (!soon.isEmpty()) {
        soon.poll().run();
      }
    }

    void advance(long seconds) {
      now += seconds;
      while (!later.isEmpty() && later.peek().at() <= now) {
        later.poll().task().run();
      }
      run();
    }
  }

  /** A stream that sends so many bytes as soon as it may. */
  private final class Sender implements Admission.Waiter {
    private final String name;
    private final int bytes;

    Sender(String name, int bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public void ready() {
      asked.add(name);
      if (admission.admits(this, LARGE)) {
        var unused = admission.sent(bytes);
      }
    }

    @Override
    public void fail(RuntimeException defect) {
      throw defect;
    }
  }

  /** A stream with a defect. */
  private static final class Defective implements Admission.Waiter {
    private final RuntimeException defect = new IllegalStateException("a defect");
    private @Nullable RuntimeException ended;

    @Override
    public void ready() {
      throw defect;
    }

    @Override
    public void fail(RuntimeException with) {
      ended = with;
    }
  }

  private Admission.Grant sent(int bytes) {
    return Objects.requireNonNull(admission.sent(bytes));
  }

  private Sender waiting(String name, int bytes) {
    Sender sender = new Sender(name, bytes);
    assertThat(admission.admits(sender, LARGE)).isFalse();
    return sender;
  }

  @Test
  void admitsUntilSixMegabytesAreOnTheirWay() {
    Sender sender = new Sender("a", 0);
    for (int i = 0; i < 6; i++) {
      assertThat(admission.admits(sender, LARGE)).isTrue();
      sent(MEGABYTE);
    }
    assertThat(admission.inFlight()).isEqualTo(6 * MEGABYTE);
    assertThat(admission.admits(sender, LARGE)).isFalse();
  }

  /** A change of a few Services does not wait behind a thousand first responses. */
  @Test
  void letsFewResourcesPass() {
    sent(6 * MEGABYTE);
    Sender sender = new Sender("a", 0);

    assertThat(admission.admits(sender, SMALL)).isTrue();
    assertThat(admission.admits(sender, SMALL + 1)).isFalse();
  }

  /** Few resources may be large ones. */
  @Test
  void letsFewResourcesPassUntilALotIsOnItsWay() {
    sent(24 * MEGABYTE - 1);
    Sender sender = new Sender("a", 0);
    assertThat(admission.admits(sender, 1)).isTrue();
    sent(MEGABYTE);
    assertThat(admission.admits(sender, 1)).isFalse();
  }

  @Test
  void doesNotCountAShortResponse() {
    assertThat(admission.sent((32 << 10) - 1)).isNull();
    assertThat(admission.inFlight()).isZero();
    sent(32 << 10);
    assertThat(admission.inFlight()).isEqualTo(32 << 10);
  }

  @Test
  void asksThoseWhoWaitInTurnAndOnlyWhileThereIsRoom() {
    Admission.Grant first = sent(2 * MEGABYTE);
    Admission.Grant rest = sent(4 * MEGABYTE);
    waiting("a", MEGABYTE);
    Sender b = waiting("b", MEGABYTE);
    waiting("c", MEGABYTE);
    // Whoever asks again keeps its place.
    assertThat(admission.admits(b, LARGE)).isFalse();

    first.release();
    assertThat(asked).isEmpty();
    timer.run();
    assertThat(asked).containsExactly("a", "b");
    assertThat(admission.inFlight()).isEqualTo(6 * MEGABYTE);

    rest.release();
    timer.run();
    assertThat(asked).containsExactly("a", "b", "c");
    assertThat(admission.inFlight()).isEqualTo(3 * MEGABYTE);
  }

  /** A defect of one stream's does not leave the others waiting for ever. */
  @Test
  void endsAStreamThatCannotGoOnAndAsksTheOthers() {
    Admission.Grant all = sent(6 * MEGABYTE);
    Defective defective = new Defective();
    assertThat(admission.admits(defective, LARGE)).isFalse();
    waiting("b", MEGABYTE);

    all.release();
    timer.run();
    assertThat(asked).containsExactly("b");
    assertThat(defective.ended).isSameAs(defective.defect);
  }

  @Test
  void waitsThreeSecondsForAClientThatDoesNotRead() {
    Admission.Grant stalled = sent(6 * MEGABYTE);
    waiting("a", MEGABYTE);

    timer.advance(2);
    assertThat(asked).isEmpty();
    timer.advance(1);
    assertThat(asked).containsExactly("a");
    assertThat(admission.inFlight()).isEqualTo(MEGABYTE);

    // It reads after all: its bytes do not count twice.
    stalled.release();
    assertThat(admission.inFlight()).isEqualTo(MEGABYTE);
  }

  @Test
  void forgetsAStreamThatIsOver() {
    Admission.Grant all = sent(6 * MEGABYTE);
    Sender a = waiting("a", MEGABYTE);
    waiting("b", MEGABYTE);

    admission.leave(a);
    all.release();
    timer.run();
    assertThat(asked).containsExactly("b");
  }
}
