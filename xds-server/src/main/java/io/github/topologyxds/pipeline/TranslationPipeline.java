package io.github.topologyxds.pipeline;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectKey;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.state.AdmittedServices;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.FindingRecorder;
import io.github.topologyxds.state.FindingRecorder.Finder;
import io.github.topologyxds.state.FindingRecorder.Subject;
import io.github.topologyxds.state.PacedServices;
import io.github.topologyxds.state.ServiceBudget;
import io.github.topologyxds.state.ServiceSizes;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.topology.ServiceLimits;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a source's batches to the {@link ResourceStore}: state, dirty Services, translation,
 * update. Batches that arrive while one is worked on are taken together.
 *
 * <p>Everything happens on one thread, "state", which owns the {@link ClusterStateStore}.
 */
public final class TranslationPipeline implements StateSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TranslationPipeline.class);

  private final ClusterStateStore state = new ClusterStateStore();
  private final AdmittedServices admitted;
  private final PacedServices paced = new PacedServices();
  private final LongSupplier nanos;
  private final Translator translator;
  private final ResourceStore store;
  private final Consumer<ResourceUpdate> publisher;
  private final FindingRecorder findings;
  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "state");

  /** A batch, and when it came ({@link System#nanoTime}). */
  private record Arrival(StateChange change, long nanos) {}

  /** The oldest batch that is worked on; null while none is. Written by the state thread. */
  private volatile @Nullable Arrival inWork;

  // Owner: the state thread.
  private final TreeSet<ObjectName> dirty = new TreeSet<>();

  /** Starts the thread. */
  public TranslationPipeline(
      Translator translator, ResourceStore store, Consumer<ResourceUpdate> publisher) {
    this(
        translator,
        store,
        publisher,
        ServiceBudget.ofHeap(ServiceLimits.DEFAULT.namespace()),
        System::nanoTime);
  }

  /**
   * Starts the thread.
   *
   * @param publisher is told, on the state thread, what changed; must not block
   * @param budget says which Services there is room for
   * @param nanos {@link System#nanoTime}
   */
  public TranslationPipeline(
      Translator translator,
      ResourceStore store,
      Consumer<ResourceUpdate> publisher,
      ServiceBudget budget,
      LongSupplier nanos) {
    this.nanos = nanos;
    this.translator = translator;
    this.admitted = new AdmittedServices(budget, translator::size);
    this.store = store;
    this.publisher = publisher;
    this.findings = store.findings();
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(StateChange change) {
    queue.add(new Arrival(change, nanos.getAsLong()));
  }

  private void run() {
    List<Arrival> batch = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        await(batch);
        work(batch);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // A defect of ours. What is served stays; the next batch is tried.
        LOG.error("a batch of changes could not be applied", e);
      }
      batch.clear();
      inWork = null;
    }
  }

  /** Until something has come, or something that was held back is due. */
  private void await(List<Arrival> batch) throws InterruptedException {
    OptionalLong due = paced.untilDue(nanos.getAsLong());
    Arrival first =
        due.isEmpty() ? queue.take() : queue.poll(due.getAsLong(), TimeUnit.NANOSECONDS);
    if (first != null) {
      inWork = first;
      batch.add(first);
      queue.drainTo(batch);
    }
  }

  private void work(List<Arrival> batch) {
    long now = nanos.getAsLong();
    boolean nodes = false;
    SortedMap<Subject, List<Finding>> found = new TreeMap<>();
    dirty.addAll(paced.begin(now));
    for (Arrival arrival : batch) {
      StateChange change = arrival.change();
      StateUpdate update = state.apply(change);
      dirty.addAll(update.services());
      nodes |= update.nodes();
      found.put(new Subject(Finder.SOURCE, ""), change.findings());
      found.put(new Subject(Finder.STATE, ""), update.findings());
    }
    Set<String> movedNodes = nodes ? store.putNodes(state.nodes()) : Set.of();
    if (!store.complete()) {
      paced.allAtOnce();
    }
    dirty.addAll(admitted.settle(dirty, state));
    ResourceUpdate published = translate(found);
    findings.replace(found);
    if (state.complete() && !store.complete()) {
      store.markComplete();
      LOG.info("first complete state, services: {}", state.services().size());
    }
    ResourceUpdate all =
        published.with(movedNodes, batch.isEmpty() ? now : batch.getFirst().nanos());
    if (!all.isEmpty()) {
      publisher.accept(all);
    }
  }

  private ResourceUpdate translate(SortedMap<Subject, List<Finding>> found) {
    List<ServiceTranslation> changed = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    for (ObjectName name : dirty) {
      Optional<ServiceState> service = state.service(name);
      if (service.isPresent() && !admitted.leavesOut(name)) {
        inForce(service.get()).flatMap(this::translate).ifPresent(changed::add);
      } else {
        paced.gone(name);
        gone.add(name);
        translated(name, admitted.leftOut(name), found);
      }
    }
    changed.forEach(
        translation -> translated(translation.service(), translation.findings(), found));
    ResourceUpdate update = store.put(changed, gone);
    dirty.clear();
    return update;
  }

  /** The Service with the specification that it may have now; empty while it has none. */
  private Optional<ServiceState> inForce(ServiceState service) {
    ServiceModel specification = paced.take(service.service());
    return Optional.ofNullable(specification).map(service::with);
  }

  /** A Service was translated, or is gone: its findings are these now, and no defect stands. */
  private static void translated(
      ObjectName service, List<Finding> now, SortedMap<Subject, List<Finding>> found) {
    found.put(new Subject(Finder.TRANSLATION, service.toString()), now);
    found.put(new Subject(Finder.DEFECT, service.toString()), List.of());
  }

  /** Returns how large the Services are, and which there is no room for. */
  public ServiceSizes sizes() {
    return admitted.sizes();
  }

  /**
   * Returns the age of the oldest batch that is not published yet, in ns; 0: none is. Any thread.
   */
  public long lagNanos() {
    Arrival worked = inWork;
    Arrival oldest = worked == null ? queue.peek() : worked;
    return oldest == null ? 0 : nanos.getAsLong() - oldest.nanos();
  }

  private Optional<ServiceTranslation> translate(ServiceState service) {
    try {
      return Optional.of(translator.translate(service));
    } catch (RuntimeException e) {
      // A defect of ours must cost no more than this Service.
      ObjectName name = service.service().name();
      findings.defect(
          new Subject(Finder.DEFECT, name.toString()),
          Finding.of(
              Reason.TRANSLATION_FAILED,
              ObjectKey.service(name),
              Reason.TRANSLATION_FAILED.meaning()),
          e);
      return Optional.empty();
    }
  }

  /** Stops the thread; what is queued is dropped. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
