package io.github.topologyxds.grpc.ads;

import io.github.topologyxds.grpc.wire.NameList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the transport remembers of one type on one stream.
 *
 * <p>Owner: the stream's event loop.
 */
final class TypeState {
  /** 0: nothing has been sent yet. */
  private long lastNonce;

  private boolean unanswered;
  private @Nullable NameList names;

  long lastNonce() {
    return lastNonce;
  }

  void sent(long nonce) {
    lastNonce = nonce;
    unanswered = true;
  }

  /** True for a nonce that a later response has overtaken, and for one that was never sent. */
  boolean isStale(String nonce) {
    return lastNonce != 0 && !Long.toString(lastNonce).equals(nonce);
  }

  /** True when this nonce is that of the open response, which then is answered. */
  boolean answers(String nonce) {
    if (!unanswered || isStale(nonce)) {
      return false;
    }
    unanswered = false;
    return true;
  }

  /** Returns the names of the last request (state-of-the-world); null: none. */
  @Nullable NameList names() {
    return names;
  }

  /** Returns the names of the last requests of these types. */
  static List<NameList> names(Collection<TypeState> types) {
    List<NameList> known = new ArrayList<>();
    for (TypeState type : types) {
      if (type.names != null) {
        known.add(type.names);
      }
    }
    return known;
  }

  void names(@Nullable NameList latest) {
    names = latest;
  }
}
