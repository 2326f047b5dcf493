package io.github.topologyxds.demand;

import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.lease.LeaseObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board of the replicas in a cluster: Leases of fixed names, so that rights can be given by
 * name, each held by one replica. While the API server is away, what was read last stands.
 */
final class LeaseBoard implements DemandBoard {
  /** So many replicas can tell; what the clients of more are is not known. */
  static final int LEASES = 8;

  /** Before the number. */
  static final String NAME = "topology-xds-demand-";

  private static final Logger LOG = LoggerFactory.getLogger(LeaseBoard.class);

  private static final Duration WITHIN = Duration.ofSeconds(5);

  /** A Lease is renewed so often, though there is nothing new to tell. */
  private static final long RENEWED = Duration.ofMinutes(1).toNanos();

  /** So often all Leases are read, and not just those where somebody is or comes next. */
  private static final long ALL_READ = Duration.ofMinutes(1).toNanos();

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final WriteApi api;
  private final Holder holder;
  private final Clocks clocks;

  // Owner of all that follows: the thread of the DemandKeeper.
  private final List<LeaseSlot> slots = new ArrayList<>();
  private @Nullable LeaseSlot own;
  private @Nullable Long allReadAt;
  private @Nullable Long writtenAt;
  private String trouble = "";
  private String said = "";

  /**
   * Who tells.
   *
   * @param told which Leases, and how often one is written at most
   * @param identity unique to the process
   */
  record Holder(CountedClients.OfAllReplicas told, String identity) {}

  /** The clock that decides, and the one whose time is written into Leases. */
  record Clocks(LongSupplier nanos, InstantSource wall) {
    static Clocks system() {
      return new Clocks(System::nanoTime, InstantSource.system());
    }
  }

  LeaseBoard(WriteApi api, Holder holder, Clocks clocks) {
    this.api = api;
    this.holder = holder;
    this.clocks = clocks;
    for (int number = 0; number < LEASES; number++) {
      slots.add(new LeaseSlot(new LeaseName(holder.told().namespace(), NAME + number)));
    }
  }

  @Override
  public StillDemand.Told told() throws InterruptedException {
    read();
    own = slots.stream().filter(slot -> slot.livesFor(holder.identity())).findFirst().orElse(null);
    if (own != null && isOver(writtenAt, RENEWED)) {
      write(own, own.text());
    }
    say();
    ReplicaDemand others = ReplicaDemand.NONE;
    for (LeaseSlot slot : slots) {
      if (slot.lives() && !slot.livesFor(holder.identity())) {
        others = others.plus(slot.demand());
      }
    }
    return new StillDemand.Told(own == null ? ReplicaDemand.NONE : own.demand(), others);
  }

  /** Whoever comes takes the first Lease that is free: behind it there is nobody new. */
  private void read() throws InterruptedException {
    boolean all = isOver(allReadAt, ALL_READ);
    allReadAt = all ? Long.valueOf(clocks.nanos().getAsLong()) : allReadAt;
    trouble = "";
    boolean passed = false;
    for (LeaseSlot slot : slots) {
      if (all || slot.lives() || !passed) {
        read(slot);
        passed |= !slot.lives();
      }
    }
  }

  private void read(LeaseSlot slot) throws InterruptedException {
    Reply reply = send(Method.GET, slot.name().path(), "");
    long now = clocks.nanos().getAsLong();
    if (reply.succeeded()) {
      slot.saw(LeaseObject.of(reply.body()), now, clocks.wall().instant());
    } else if (reply.status() == NOT_FOUND) {
      slot.isAbsent(now, clocks.wall().instant());
    } else {
      if (reply.status() == FORBIDDEN) {
        slot.isDenied();
      } else {
        slot.missed(now);
      }
      trouble(slot, reply);
    }
  }

  @Override
  public void tell(ReplicaDemand next) throws InterruptedException {
    Optional<LeaseSlot> slot =
        own != null ? Optional.of(own) : slots.stream().filter(LeaseSlot::isFree).findFirst();
    if (slot.isEmpty() || !isOver(writtenAt, holder.told().between().toNanos())) {
      return;
    }
    ReplicaDemand earlier = own == null ? ReplicaDemand.NONE : own.demand();
    String text = DemandText.write(next, earlier);
    if (own == null || !text.equals(own.text())) {
      write(slot.get(), text);
      say();
    }
  }

  /** Of two who take one Lease, one gets 409 and looks again the next time. */
  private void write(LeaseSlot slot, String text) throws InterruptedException {
    long now = clocks.nanos().getAsLong();
    String body = slot.telling(holder.identity(), text, clocks.wall().instant());
    Reply reply =
        slot.exists()
            ? send(Method.PUT, slot.name().path(), body)
            : send(Method.POST, slot.name().collection(), body);
    if (reply.succeeded()) {
      slot.saw(LeaseObject.of(reply.body()), now, clocks.wall().instant());
      own = slot;
    } else if (reply.status() == CONFLICT) {
      return;
    } else {
      trouble(slot, reply);
    }
    writtenAt = now;
  }

  private void trouble(LeaseSlot slot, Reply reply) {
    if (trouble.isEmpty()) {
      trouble = "Lease " + slot.name().installation() + ": the API server " + reply.trouble();
    }
  }

  private void say() {
    if (!trouble.equals(said)) {
      if (trouble.isEmpty()) {
        LOG.info("replicas share again what their clients tell of the demand");
      } else {
        LOG.warn(
            "replicas do not share what their clients tell of the demand (--demand shared): {}",
            trouble);
      }
      said = trouble;
    }
  }

  private boolean isOver(@Nullable Long since, long nanos) {
    return since == null || clocks.nanos().getAsLong() - since >= nanos;
  }

  private Reply send(Method method, String path, String body) throws InterruptedException {
    return api.send(new WriteApi.Request(method, path, body, WITHIN));
  }
}
