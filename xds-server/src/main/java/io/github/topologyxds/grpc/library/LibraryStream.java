package io.github.topologyxds.grpc.library;

import io.envoyproxy.controlplane.cache.DeltaResponse;
import io.envoyproxy.controlplane.cache.DeltaWatch;
import io.envoyproxy.controlplane.cache.Response;
import io.envoyproxy.controlplane.cache.VersionedResource;
import io.envoyproxy.controlplane.cache.Watch;
import io.envoyproxy.controlplane.cache.WatchCancelledException;
import io.github.topologyxds.grpc.connection.Admission;
import io.github.topologyxds.grpc.connection.Backpressure;
import io.github.topologyxds.grpc.connection.DeliveryLoop;
import io.github.topologyxds.grpc.connection.OpenStream;
import io.github.topologyxds.session.Departure;
import io.github.topologyxds.session.Transport;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import io.grpc.Context;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream's way through the library: which watch takes the responses of a type, and which nonce
 * the client has yet to answer.
 *
 * <p>Owner: the event loop of the stream's connection.
 */
final class LibraryStream implements Transport, Admission.Waiter {
  /** The library calls its watcher without telling which stream it serves; the context tells. */
  static final Context.Key<LibraryStream> CURRENT = Context.key("topology-xds-stream");

  private final DeliveryLoop loop;
  private final Backpressure backpressure;
  private @Nullable Reader reader;
  private @Nullable Departure departure;
  private final Map<ResourceType, Watch> watches = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, DeltaWatch> deltaWatches = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, String> lastNonces = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, String> unanswered = new EnumMap<>(ResourceType.class);

  /** Reads the stream's requests. */
  interface Reader {
    /** There may be room for what waits. */
    void proceed();

    /** Ends the stream after a defect. */
    void fail(RuntimeException defect);
  }

  LibraryStream(DeliveryLoop loop, Backpressure backpressure) {
    this.loop = loop;
    this.backpressure = backpressure;
  }

  public DeliveryLoop loop() {
    return loop;
  }

  void readBy(Reader newReader) {
    reader = newReader;
  }

  void attach(ResourceType type, Watch watch) {
    watches.put(type, watch);
  }

  void attach(ResourceType type, DeltaWatch watch) {
    deltaWatches.put(type, watch);
  }

  /** A response of this type goes out with this nonce. */
  void sending(String typeUrl, String nonce) {
    ResourceType.of(typeUrl)
        .ifPresent(type -> {
          lastNonces.put(type, nonce);
          unanswered.put(type, nonce);
        });
  }

  /** True for a nonce that a later response has overtaken (state-of-the-world). */
  boolean isStale(ResourceType type, String nonce) {
    String last = lastNonces.get(type);
    return last != null && !last.equals(nonce);
  }

  /** True when this nonce is that of the open response, which then is answered. */
  boolean answers(ResourceType type, String nonce) {
    return unanswered.remove(type, nonce);
  }

  @Override
  public String send(Push push) {
    Watch watch = watches.get(push.type());
    DeltaWatch deltaWatch = deltaWatches.get(push.type());
    String version = push.version();
    // Now, as the library hands it to gRPC in a task of its own, behind other streams' requests.
    backpressure.sending(size(push));
    try {
      if (watch != null) {
        watch.respond(response(watch, push, version));
      } else if (deltaWatch != null) {
        deltaWatch.respond(deltaResponse(deltaWatch, push, version));
      }
    } catch (WatchCancelledException e) {
      // The stream has been closed meanwhile: there is nobody to tell.
      watches.remove(push.type());
      deltaWatches.remove(push.type());
    }
    return version;
  }

  @Override
  public String peer() {
    return backpressure.peer();
  }

  /** The client has said who it is. */
  void introduced() {
    backpressure.introduced();
  }

  /** A response has been handed over. */
  void sent() {
    backpressure.sent();
  }

  /** There may be room for more. */
  @Override
  public void ready() {
    backpressure.ready();
    if (reader != null) {
      reader.proceed();
    }
  }

  /** The call is closed in good order, by us or by the library. */
  void closedWith(Status status) {
    departure = OpenStream.departure(status);
  }

  /** The client is gone. Said at once: a moment later its connection may be, too. */
  void cancelled() {
    departure = backpressure.cancelled();
  }

  /** Returns why the stream is over. */
  Departure departure() {
    return departure == null ? backpressure.cancelled() : departure;
  }

  /** The stream is over. */
  void leave() {
    backpressure.leave(this);
  }

  @Override
  public boolean isReady(int resources) {
    return backpressure.admits(this, resources);
  }

  @Override
  public void fail(RuntimeException defect) {
    if (reader != null) {
      reader.fail(defect);
    }
  }

  private static int size(Push push) {
    return push.resources().stream().mapToInt(r -> r.packed().getSerializedSize()).sum();
  }

  private static Response response(Watch watch, Push push, String version) {
    return Response.create(
        watch.request(), push.resources().stream().map(XdsResource::packed).toList(), version);
  }

  private static DeltaResponse deltaResponse(DeltaWatch watch, Push push, String version) {
    Map<String, VersionedResource<?>> resources = new LinkedHashMap<>();
    for (XdsResource resource : push.resources()) {
      resources.put(
          resource.name(), VersionedResource.create(resource.packed(), resource.version()));
    }
    return DeltaResponse.create(watch.request(), resources, push.removed(), version);
  }

  /** Returns the stream on whose behalf the library calls. */
  public static LibraryStream current() {
    @Nullable LibraryStream stream = CURRENT.get();
    if (stream == null) {
      throw new IllegalStateException("called outside of a discovery stream");
    }
    return stream;
  }
}
