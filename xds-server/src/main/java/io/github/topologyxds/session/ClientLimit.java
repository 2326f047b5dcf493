package io.github.topologyxds.session;

import java.util.Locale;

/**
 * What there is a limit for, of all clients of an address or an identity, or of all clients
 * together.
 */
public enum ClientLimit {
  CONNECTIONS_PER_ADDRESS("connections are open from this address"),
  CONNECTIONS_PER_IDENTITY("connections are open of this identity"),
  STREAMS_PER_ADDRESS("streams are open from this address"),
  STREAMS_PER_IDENTITY("streams are open of this identity"),
  NEW_STREAMS_PER_ADDRESS("new streams a second come from this address"),
  UNFINISHED_REQUESTS("bytes of requests lie here that are not complete");

  private final String words;

  ClientLimit(String words) {
    this.words = words;
  }

  /** Returns the label of metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is wrong, behind the limit's number. */
  public String words() {
    return words;
  }
}
