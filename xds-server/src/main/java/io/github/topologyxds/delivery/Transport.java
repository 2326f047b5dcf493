package io.github.topologyxds.delivery;

/** Carries a stream's responses. Called on the stream's thread only. */
public interface Transport {
  /** Sends a response; the transport gives it a nonce and reports the client's answer. */
  void send(Push push);
}
