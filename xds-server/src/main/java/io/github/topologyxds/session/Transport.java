package io.github.topologyxds.session;

import io.github.topologyxds.subscription.Push;

/** Carries a stream's responses. Called on the stream's thread only. */
public interface Transport {
  /**
   * Sends a response; the transport gives it a nonce and reports the client's answer.
   *
   * @return the version of the response as a whole, as it was sent
   */
  String send(Push push);

  /**
   * Returns whether what was sent before has left for the client. While it has not, nothing more is
   * sent: the newest state waits, not a queue of old ones. The transport then flushes the session.
   *
   * @param resources how many resources the next response may hold
   */
  boolean isReady(int resources);

  /** Returns {@code IP:PORT} of the client's end of the connection; "" when unknown. */
  String peer();

  /** Ends the stream after a defect of ours. */
  void fail(RuntimeException defect);
}
