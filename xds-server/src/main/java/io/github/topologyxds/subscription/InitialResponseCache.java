package io.github.topologyxds.subscription;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.resources.Audience;
import io.github.topologyxds.resources.LruMap;
import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers to first requests. A thousand sidecars that come back at once ask for the same
 * thousand names: looking up a million names was most of a first sync. Whoever asks the same from
 * the same place gets the same response, and starts from a copy of what the one before has.
 *
 * <p>Answers are forgotten with every update, so none outlives what it holds; and when a stream
 * closes that was the last to know one of the names. What is kept is limited by what it takes.
 *
 * <p>Owner: the sessions' thread.
 */
public final class InitialResponseCache {
  private static final int REMEMBERED = 32;

  /** Of the requests: 10,000 names of 40 characters take 1.3 MB. */
  private static final long REQUEST_BYTES = 8L << 20;

  /**
   * Of the answers. Three zones, both variants, clusters and endpoints of 10,000 Services are
   * 120,000 names; with 45 characters each they take 35 MB.
   */
  private static final long ANSWER_BYTES = 36L << 20;

  /** A String, its array and its place in a list, without the characters. */
  private static final int NAME_BYTES = 48;

  /** What a name's entry, place in the table, and resource take; measured with made-up names. */
  private static final int ANSWERED_NAME_BYTES = 200;

  private final LruMap<FirstRequest, FirstRequest> requests =
      new LruMap<>(REMEMBERED, REQUEST_BYTES, (request, same) -> request.named().bytes(NAME_BYTES));

  private final LruMap<Key, Entry> answers =
      new LruMap<>(REMEMBERED, ANSWER_BYTES, InitialResponseCache::bytes);

  /**
   * What a client asks for in its first request of a type.
   *
   * @param names those that it asks for by name, or by name too
   */
  public record FirstRequest(Extent extent, List<String> names) {
    /** How much of a type is asked for. */
    public enum Extent {
      /** Only what is named. */
      NAMED,
      /** Every resource, whatever its name. */
      ALL
    }

    boolean isForAll() {
      return extent == Extent.ALL;
    }

    NameCount named() {
      return NameCount.of(names);
    }
  }

  /** A first request, and all that the answer depends on beside the state. */
  public record Key(
      ResourceType type, XdsProtocol protocol, FirstRequest request, Audience audience) {}

  /**
   * What a client was answered, and has then.
   *
   * @param due what did not fit into the response
   * @param forgotten how many entries the index had forgotten then: the table names entries, and
   *     must not bring back one that the index has dropped
   */
  public record Entry(
      ClientStateTable table,
      List<Subscribers> due,
      UnackedResponse unacked,
      Push push,
      long forgotten) {}

  /** Returns an equal request that is kept already, so that a thousand that wait keep one. */
  FirstRequest shared(FirstRequest request) {
    FirstRequest known = requests.get(request);
    if (known != null) {
      return known;
    }
    requests.put(request, request);
    return request;
  }

  @Nullable Entry find(Key key, SubscriberIndex index) {
    Entry answer = answers.get(key);
    return answer == null || answer.forgotten() != index.forgotten() ? null : answer;
  }

  /** Keeps an answer for the next client that asks the same. */
  public void remember(Key key, Entry answer) {
    answers.put(key, answer);
  }

  private static long bytes(Key key, Entry answer) {
    NameCount named = key.request().named();
    int known = Math.max(named.names(), answer.table().size());
    ClientView view = key.audience().view();
    return new NameCount(known, named.characters()).bytes(ANSWERED_NAME_BYTES)
        + NameCount.of(key.audience().scope().patterns()).bytes(ANSWERED_NAME_BYTES)
        + 2L * (view.zone().length() + view.node().length());
  }

  /** A stream has closed: nobody can start from an answer whose names are not known any more. */
  public void forgetStale(Function<ResourceType, SubscriberIndex> index) {
    answers.removeIf((key, answer) -> answer.forgotten() != index.apply(key.type()).forgotten());
  }

  /** Something is different now. */
  public void clear() {
    answers.clear();
  }

  /** Returns how many answers are kept. */
  public int size() {
    return answers.size();
  }
}
