package io.github.topologyxds.serve;

import com.nimbusds.jose.jwk.JWKSet;
import io.github.topologyxds.demand.DemandCounter;
import io.github.topologyxds.demand.DemandKeeper;
import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.KeySource;
import io.github.topologyxds.identity.SigningKeys;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.kubernetes.events.ObjectEvents;
import io.github.topologyxds.load.MeasuredLoad;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.shiftstatus.ShiftStatusWriter;
import io.github.topologyxds.slices.writer.WriterMetrics;
import io.github.topologyxds.slices.writer.WriterTroubles;
import io.github.topologyxds.source.files.FileSource;
import io.github.topologyxds.source.snapshot.Origin;
import io.github.topologyxds.source.snapshot.SnapshotSettings;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateSink;
import io.github.topologyxds.state.findings.FindingSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source that can be reached, as far as its settings tell, and is not followed yet. */
sealed interface OpenSource permits OpenSource.Folder, OpenCluster {
  /** Returns who is to be told of findings. */
  FindingSink findings();

  /** Returns what tells this source from others. */
  Origin origin();

  /**
   * Begins to follow.
   *
   * @param parts takes what must be closed later, last first
   * @throws SourceException when it cannot be read at all
   */
  SourceHealth follow(StateSink sink, Consumer<AutoCloseable> parts) throws SourceException;

  /**
   * Begins to write EndpointSlices of our own, if the settings say so.
   *
   * @param parts takes what must be closed later, last first
   */
  Optional<Writing> write(Consumer<AutoCloseable> parts);

  /**
   * Begins to follow the demand, as far as replicas can agree on it.
   *
   * @param parts takes what must be closed later, last first
   */
  void followDemand(DemandKeeper.Surroundings demand, Consumer<AutoCloseable> parts);

  /**
   * Returns where the demand is counted, and where it goes.
   *
   * @param reports how often clients report their load; zero: never
   */
  static DemandKeeper.Surroundings demand(
      ConnectedClients clients,
      MeasuredLoad loads,
      TranslationPipeline pipeline,
      Duration reports) {
    return new DemandKeeper.Surroundings(
        new DemandCounter(clients, loads, () -> pipeline.served().nodes().values()),
        new DemandKeeper.Outlet(pipeline.demanding()::uses, pipeline::accept),
        DemandKeeper.Pace.of(reports));
  }

  /**
   * Begins to write what ZonalShifts come to into their status, where they are objects.
   *
   * @param parts takes what must be closed later, last first
   */
  void reportShifts(ShiftStatusWriter.Shifts shifts, Consumer<AutoCloseable> parts);

  /** Returns who knows of service accounts' tokens for an audience. */
  Tokens tokens(String audience);

  /** Returns what the account of this server may, a line of {@code check} each; asks for it now. */
  List<CheckLine> rights();

  /** How tokens are verified, and reviewed now and then. */
  record Tokens(KeySource keys, CredentialWatch.TokenReview review) {}

  /**
   * What is at work for EndpointSlices of our own.
   *
   * @param health of the watches that they are made from
   */
  record Writing(WriterMetrics metrics, WriterTroubles troubles, SourceHealth health) {}

  /**
   * Checks the settings.
   *
   * @param kept where a source may keep what it must know after a restart; null: nowhere
   * @param parts takes what must be closed later, last first
   * @throws SourceException when they lead nowhere
   */
  static OpenSource open(
      SourceSettings settings, @Nullable SnapshotSettings kept, Consumer<AutoCloseable> parts)
      throws SourceException {
    return switch (settings) {
      case SourceSettings.Folder(Path folder) ->
          new Folder(
              folder,
              Optional.ofNullable(kept).map(snapshot -> snapshot.folder().resolve("texts")));
      case SourceSettings.Cluster cluster -> {
        KubernetesAccess access = KubernetesAccess.open(cluster.kubeconfig(), cluster.context());
        parts.accept(access);
        ObjectEvents events = ObjectEvents.start(access);
        parts.accept(events);
        yield new OpenCluster(access, cluster, events);
      }
    };
  }

  /**
   * Files have nobody to tell but the log.
   *
   * @param texts where the last good text of each is kept
   */
  record Folder(Path folder, Optional<Path> texts) implements OpenSource {
    @Override
    public FindingSink findings() {
      return FindingSink.NOBODY;
    }

    /** Files are read with the rights of the process. */
    @Override
    public List<CheckLine> rights() {
      return List.of();
    }

    /** Nobody signs tokens: none is believed. */
    @Override
    public Tokens tokens(String audience) {
      return new Tokens(() -> new SigningKeys("", new JWKSet()), token -> Optional.empty());
    }

    @Override
    public Origin origin() {
      return new Origin("folder " + folder.toAbsolutePath().normalize(), Origin.Uid.NONE);
    }

    @Override
    public SourceHealth follow(StateSink sink, Consumer<AutoCloseable> parts)
        throws SourceException {
      if (texts.isPresent()) {
        return FileSource.start(folder, sink, texts.get(), parts);
      }
      FileSource source = FileSource.start(folder, sink);
      parts.accept(source);
      return source;
    }

    @Override
    public Optional<Writing> write(Consumer<AutoCloseable> parts) {
      return Optional.empty();
    }

    /** A file is its owner's: nobody writes into it. */
    @Override
    public void reportShifts(ShiftStatusWriter.Shifts shifts, Consumer<AutoCloseable> parts) {}

    /** Every server has its own folder: nobody is to agree with it. */
    @Override
    public void followDemand(DemandKeeper.Surroundings demand, Consumer<AutoCloseable> parts) {
      parts.accept(DemandKeeper.alone(demand));
    }
  }
}
