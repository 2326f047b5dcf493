package io.github.topologyxds.pipeline;

import io.github.topologyxds.lifecycle.OwnerThread;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.state.AdmittedServices;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.KnownDemand;
import io.github.topologyxds.state.PacedServices;
import io.github.topologyxds.state.ServedServices;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.state.budget.ServiceSizes;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import io.github.topologyxds.topology.settings.ServiceLimits;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
  private final ServedServices served = new ServedServices();
  private final DemandingServices demanding = new DemandingServices();
  private final LongSupplier nanos;
  private final ShiftSchedule shifts;
  private final GuardedTranslator translator;
  private final ResourceStore store;
  private final Consumer<ResourceUpdate> publisher;
  private final FindingRecorder findings;
  private final Arrivals arrivals = new Arrivals();
  private final OwnerThread thread = OwnerThread.platform("state", this::run);

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
        Clocks.SYSTEM);
  }

  /**
   * Starts the thread.
   *
   * @param publisher is told, on the state thread, what changed; must not block
   * @param budget says which Services there is room for
   * @param clocks {@link Clocks#SYSTEM} but for tests
   */
  public TranslationPipeline(
      Translator translator,
      ResourceStore store,
      Consumer<ResourceUpdate> publisher,
      ServiceBudget budget,
      Clocks clocks) {
    this.nanos = clocks.nanos();
    this.shifts = new ShiftSchedule(state, served, clocks.wall());
    this.admitted = new AdmittedServices(budget, translator::size);
    this.store = store;
    this.publisher = publisher;
    this.findings = store.findings();
    this.translator = new GuardedTranslator(translator, findings);
    thread.start();
  }

  @Override
  public void accept(StateChange change) {
    arrivals.add(change, nanos.getAsLong());
  }

  /** Takes what clients tell of the demand, in place of all that they told before. Any thread. */
  public void accept(KnownDemand demand) {
    arrivals.add(demand, nanos.getAsLong());
  }

  /** Returns the state with all that was accepted before, in a moment; never if it is closed. */
  public CompletableFuture<KeptState> kept() {
    return arrivals.ask(nanos.getAsLong());
  }

  private void run() throws InterruptedException {
    while (!thread.stops()) {
      try {
        Arrivals.Batch batch = arrivals.await(untilDue(nanos.getAsLong()));
        work(batch);
        batch.answer(state::keep);
        arrivals.done();
      } catch (RuntimeException e) {
        LOG.error("a defect: a batch of changes could not be applied; the next one is tried", e);
        arrivals.done();
      }
    }
  }

  private OptionalLong untilDue(long now) {
    return Stream.of(paced.untilDue(now), store.onDemand().untilDue(now), shifts.untilDue())
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private void work(Arrivals.Batch batch) {
    long now = nanos.getAsLong();
    boolean nodes = false;
    SortedMap<Subject, List<Finding>> found = new TreeMap<>();
    dirty.addAll(paced.begin(now));
    for (StateChange change : batch.changes()) {
      if (change instanceof StateChange.Restored && state.complete()) {
        continue; // The source was quicker.
      }
      StateUpdate update = state.apply(change);
      dirty.addAll(update.services());
      nodes |= update.nodes();
      found.putAll(SourceFindings.of(change));
      found.put(new Subject(Finder.STATE, ""), update.findings());
    }
    dirty.addAll(shifts.settle(found));
    batch.demand().ifPresent(state::put);
    if (nodes || batch.demand().isPresent()) {
      dirty.addAll(demanding.differing(state::demand));
    }
    Set<String> movedNodes = nodes ? store.putNodes(state.nodes()) : Set.of();
    if (nodes) {
      served.nodes(state.nodes());
    }
    if (!store.complete()) {
      paced.allAtOnce();
    }
    dirty.addAll(admitted.settle(dirty, state));
    ResourceUpdate published = translate(found);
    findings.replace(found);
    if (state.complete()) {
      store.onDemand().announce(state.serviceCidrs());
      published = published.and(store.onDemand().settle(now));
    } else {
      store.markIncomplete();
    }
    if (state.complete() && !store.complete()) {
      store.markComplete();
      LOG.info("first complete state, services: {}", state.services().size());
    }
    ResourceUpdate all = published.with(movedNodes, batch.begun().orElse(now));
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
        inForce(service.get())
            .ifPresent(now ->
                translator
                    .translate(now)
                    .ifPresent(translation -> {
                      served.put(now);
                      demanding.put(translation, now.demand());
                      changed.add(translation);
                    }));
      } else {
        paced.gone(name);
        served.remove(name);
        demanding.remove(name);
        gone.add(name);
        SourceFindings.translated(name, admitted.leftOut(name), found);
      }
    }
    changed.forEach(translation ->
        SourceFindings.translated(translation.service(), translation.findings(), found));
    ResourceUpdate update = store.put(changed, gone);
    served.settled();
    dirty.clear();
    return update;
  }

  /** The Service with the specification that it may have now; empty while it has none. */
  private Optional<ServiceState> inForce(ServiceState service) {
    ServiceModel specification = paced.take(service.service());
    return Optional.ofNullable(specification).map(service::with);
  }

  /** Returns what the Services that are served were translated from. */
  public ServedServices served() {
    return served;
  }

  /** Returns the Services that the demand matters to. */
  public DemandingServices demanding() {
    return demanding;
  }

  /** Returns how large the Services are, and which there is no room for. */
  public ServiceSizes sizes() {
    return admitted.sizes();
  }

  /**
   * Returns the age of the oldest batch that is not published yet, in ns; 0: none is. Any thread.
   */
  public long lagNanos() {
    OptionalLong oldest = arrivals.oldest();
    return oldest.isEmpty() ? 0 : nanos.getAsLong() - oldest.getAsLong();
  }

  /** Stops the thread; what is queued is dropped. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
