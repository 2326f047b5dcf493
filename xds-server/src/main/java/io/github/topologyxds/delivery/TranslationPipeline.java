package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.state.AdmittedServices;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.FindingCounts;
import io.github.topologyxds.state.FindingSink;
import io.github.topologyxds.state.PacedServices;
import io.github.topologyxds.state.ServiceBudget;
import io.github.topologyxds.state.ServiceSizes;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a source's batches to the {@link ResourceStore}: state, dirty Services, translation,
 * publication. Batches that arrive while one is worked on are taken together.
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
  private final Consumer<Publication> publisher;
  private final FindingSink findingSink;
  private final FindingCounts findingCounts = new FindingCounts();
  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "state");

  /** A batch, and when it came ({@link System#nanoTime}). */
  private record Arrival(StateChange change, long nanos) {}

  // Owner: the state thread.
  private final Map<ObjectName, List<Finding>> findings = new HashMap<>();
  private final TreeSet<ObjectName> dirty = new TreeSet<>();
  private List<Finding> sourceFindings = List.of();
  private List<Finding> stateFindings = List.of();

  /** Starts the thread; nobody but the log hears of findings. */
  public TranslationPipeline(
      Translator translator, ResourceStore store, Consumer<Publication> publisher) {
    this(
        translator, store, publisher, FindingSink.NOBODY, ServiceBudget.ofHeap(), System::nanoTime);
  }

  /**
   * Starts the thread.
   *
   * @param publisher is told, on the state thread, what changed; must not block
   * @param findingSink is told, on the state thread, of findings that appear
   * @param budget says which Services there is room for
   * @param nanos {@link System#nanoTime}
   */
  public TranslationPipeline(
      Translator translator,
      ResourceStore store,
      Consumer<Publication> publisher,
      FindingSink findingSink,
      ServiceBudget budget,
      LongSupplier nanos) {
    this.nanos = nanos;
    this.translator = translator;
    this.admitted = new AdmittedServices(budget, translator::size);
    this.store = store;
    this.publisher = publisher;
    this.findingSink = findingSink;
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
    }
  }

  /** Until something has come, or something that was held back is due. */
  private void await(List<Arrival> batch) throws InterruptedException {
    OptionalLong due = paced.untilDue(nanos.getAsLong());
    Arrival first =
        due.isEmpty() ? queue.take() : queue.poll(due.getAsLong(), TimeUnit.NANOSECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch);
    }
  }

  private void work(List<Arrival> batch) {
    long now = nanos.getAsLong();
    boolean nodes = false;
    List<Finding> appeared = new ArrayList<>();
    dirty.addAll(paced.begin(now));
    for (Arrival arrival : batch) {
      StateChange change = arrival.change();
      StateUpdate update = state.apply(change);
      dirty.addAll(update.services());
      nodes |= update.nodes();
      appeared.addAll(replaced(sourceFindings, change.findings()));
      sourceFindings = change.findings();
      appeared.addAll(replaced(stateFindings, update.findings()));
      stateFindings = update.findings();
    }
    if (nodes) {
      store.putNodes(state.nodes());
    }
    if (!store.complete()) {
      paced.allAtOnce();
    }
    dirty.addAll(admitted.settle(dirty, state));
    Publication published = translate(appeared);
    FindingsLog.log(appeared);
    if (!appeared.isEmpty()) {
      findingSink.appeared(List.copyOf(appeared));
    }
    if (state.complete() && !store.complete()) {
      store.markComplete();
      LOG.info("first complete state, services: {}", state.services().size());
    }
    Publication all =
        new Publication(
            published.clusters(),
            published.assignments(),
            published.routes(),
            nodes,
            batch.isEmpty() ? now : batch.getFirst().nanos());
    if (!all.isEmpty()) {
      publisher.accept(all);
    }
  }

  private Publication translate(List<Finding> appeared) {
    List<ServiceTranslation> changed = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    for (ObjectName name : dirty) {
      Optional<ServiceState> service = state.service(name);
      if (service.isPresent() && !admitted.leavesOut(name)) {
        inForce(service.get()).flatMap(this::translate).ifPresent(changed::add);
      } else {
        paced.gone(name);
        gone.add(name);
        appeared.addAll(
            told(name, service.isPresent() ? List.of(AdmittedServices.leftOut(name)) : List.of()));
      }
    }
    changed.forEach(
        translation -> appeared.addAll(told(translation.service(), translation.findings())));
    Publication publication = store.put(changed, gone);
    dirty.clear();
    return publication;
  }

  /** The Service with the specification that it may have now; empty while it has none. */
  private Optional<ServiceState> inForce(ServiceState service) {
    ServiceModel specification = paced.take(service.service());
    return Optional.ofNullable(specification).map(service::with);
  }

  /** A Service's findings are these now; returns what is new. */
  private List<Finding> told(ObjectName service, List<Finding> now) {
    List<Finding> before = now.isEmpty() ? findings.remove(service) : findings.put(service, now);
    return replaced(before == null ? List.of() : before, now);
  }

  private List<Finding> replaced(List<Finding> before, List<Finding> now) {
    findingCounts.replace(before, now);
    return FindingsLog.difference(before, now);
  }

  /** Returns how many findings stand now. */
  public FindingCounts findingCounts() {
    return findingCounts;
  }

  /** Returns how large the Services are, and which there is no room for. */
  public ServiceSizes sizes() {
    return admitted.sizes();
  }

  private Optional<ServiceTranslation> translate(ServiceState service) {
    try {
      return Optional.of(translator.translate(service));
    } catch (RuntimeException e) {
      // A defect of ours must cost no more than this Service.
      LOG.error(
          "{} Service {}: {}",
          Reason.TRANSLATION_FAILED,
          service.service().name(),
          Reason.TRANSLATION_FAILED.meaning(),
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
