package io.github.topologyxds.grpc.wire;

import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The responses that a loop sent last, encoded: one change is one array for all streams of a view,
 * and so is the first response to a fleet of equal clients. The nonce is a revision that only
 * grows, so the streams share that too.
 *
 * <p>Owner: the loop.
 */
public final class ResponseCache {
  private static final int ENTRIES = 64;
  private static final int BYTES = 8 << 20;

  /** The newest first. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private long bytes;
  private long revision;

  private record Entry(XdsProtocol variant, Push push, EncodedResponse response) {
    boolean matches(XdsProtocol otherVariant, Push other) {
      return variant == otherVariant
          && push.type() == other.type()
          && same(push.resources(), other.resources())
          && push.removed().equals(other.removed());
    }
  }

  /**
   * The same objects: a resource is built once, and comparing bytes would cost more than it saves.
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(List<XdsResource> some, List<XdsResource> others) {
    if (some == others) {
      return true;
    }
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = some.size() - 1; i >= 0; i--) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a response encoded.
   *
   * @param lastNonce the stream's last one of this type: its next must be greater
   */
  public EncodedResponse encode(XdsProtocol variant, Push push, long lastNonce) {
    Entry known = find(variant, push);
    if (known != null && known.response().nonce() > lastNonce) {
      return known.response();
    }
    if (known != null) {
      remove(known);
    }
    revision++;
    EncodedResponse response =
        known == null
            ? ResponseEncoder.encode(variant, push, revision)
            : known.response().with(revision);
    add(new Entry(variant, push, response));
    return response;
  }

  private @Nullable Entry find(XdsProtocol variant, Push push) {
    for (Entry entry : entries) {
      if (entry.matches(variant, push)) {
        return entry;
      }
    }
    return null;
  }

  private void add(Entry entry) {
    entries.addFirst(entry);
    bytes += entry.response().length();
    while (entries.size() > ENTRIES || (bytes > BYTES && entries.size() > 1)) {
      remove(entries.getLast());
    }
  }

  private void remove(Entry entry) {
    if (entries.removeIf(e -> e.response().nonce() == entry.response().nonce())) {
      bytes -= entry.response().length();
    }
  }
}
