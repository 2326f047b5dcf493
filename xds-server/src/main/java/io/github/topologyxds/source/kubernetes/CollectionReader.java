package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.source.kubernetes.ObjectCodec.Page;
import io.github.topologyxds.state.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The three LISTs of one collection. Owner: the reflector's thread. */
final class CollectionReader {
  private final ApiClient api;
  private final FeedHealth health;
  private final Feed feed;
  private final CountDownLatch closed;
  private int listed;

  /**
   * Asks nothing yet.
   *
   * @param closed is counted down when no further page is to be asked for
   */
  CollectionReader(ApiClient api, FeedHealth health, CountDownLatch closed) {
    this.api = api;
    this.health = health;
    this.feed = health.feed();
    this.closed = closed;
  }

  /** Lists the whole collection. */
  Observation.Listed all() throws ApiFailure, InterruptedException {
    List<ObservedObject> all = new ArrayList<>();
    String next = "";
    ResourceVersion now;
    do {
      Page page = ObjectCodec.page(feed.watched(), api.get(feed.list(next)));
      goOn();
      all.addAll(page.objects());
      next = page.next();
      now = page.version();
    } while (!next.isEmpty());
    refuseEmptiness(all.size());
    listed = all.size();
    return new Observation.Listed(feed, now, all);
  }

  /** Returns at which version the server is: one object at most is read. */
  ResourceVersion version() throws ApiFailure, InterruptedException {
    return metadata(feed.first()).version();
  }

  /** Lists the metadata of the whole collection. */
  Observation.Compared identities() throws ApiFailure, InterruptedException {
    List<ObjectIdentity> all = new ArrayList<>();
    String next = "";
    ResourceVersion now;
    do {
      MetadataList page = metadata(feed.list(next));
      all.addAll(page.objects());
      next = page.next();
      now = page.version();
    } while (!next.isEmpty());
    return new Observation.Compared(feed, now, all);
  }

  private MetadataList metadata(String path) throws ApiFailure, InterruptedException {
    MetadataList list = MetadataList.read(feed.watched(), api.get(path, MetadataList.ACCEPT));
    goOn();
    return list;
  }

  private void goOn() throws InterruptedException {
    health.heard();
    if (closed.getCount() == 0) {
      throw new InterruptedException("closed");
    }
  }

  /**
   * Every cluster has the Namespace default and the Service kubernetes in it. A server that lists
   * none has lost its store, or is another one; to believe it would empty every client.
   */
  private void refuseEmptiness(int count) throws ApiFailure {
    boolean neverEmpty =
        feed.namespace().isEmpty()
            && (feed.kind() == ObjectKind.SERVICE || feed.kind() == ObjectKind.NAMESPACE);
    if (count == 0 && listed > 0 && neverEmpty) {
      throw new ApiFailure(
          ApiFailure.Kind.UNREADABLE,
          "lists no " + feed.watched().kind().plural() + " at all, though there were " + listed);
    }
  }
}
