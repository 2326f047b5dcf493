package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.FindingCounts;
import io.github.topologyxds.state.FindingSink;
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
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
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
    this(translator, store, publisher, FindingSink.NOBODY);
  }

  /**
   * Starts the thread.
   *
   * @param publisher is told, on the state thread, what changed; must not block
   * @param findingSink is told, on the state thread, of findings that appear
   */
  public TranslationPipeline(
      Translator translator,
      ResourceStore store,
      Consumer<Publication> publisher,
      FindingSink findingSink) {
    this.translator = translator;
    this.store = store;
    this.publisher = publisher;
    this.findingSink = findingSink;
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(StateChange change) {
    queue.add(new Arrival(change, System.nanoTime()));
  }

  private void run() {
    List<Arrival> batch = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch);
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

  private void work(List<Arrival> batch) {
    boolean nodes = false;
    List<Finding> appeared = new ArrayList<>();
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
            batch.getFirst().nanos());
    if (!all.isEmpty()) {
      publisher.accept(all);
    }
  }

  private Publication translate(List<Finding> appeared) {
    List<ServiceTranslation> changed = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    for (ObjectName name : dirty) {
      Optional<ServiceState> service = state.service(name);
      if (service.isPresent()) {
        translate(service.get()).ifPresent(changed::add);
      } else {
        List<Finding> before = findings.remove(name);
        findingCounts.replace(before == null ? List.of() : before, List.of());
        gone.add(name);
      }
    }
    for (ServiceTranslation translation : changed) {
      List<Finding> now = translation.findings();
      List<Finding> before = findings.put(translation.service(), now);
      appeared.addAll(replaced(before == null ? List.of() : before, now));
    }
    Publication publication = store.put(changed, gone);
    dirty.clear();
    return publication;
  }

  private List<Finding> replaced(List<Finding> before, List<Finding> now) {
    findingCounts.replace(before, now);
    return FindingsLog.difference(before, now);
  }

  /** Returns how many findings stand now. */
  public FindingCounts findingCounts() {
    return findingCounts;
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
