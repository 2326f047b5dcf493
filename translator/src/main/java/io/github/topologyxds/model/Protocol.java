package io.github.topologyxds.model;

/** The transport protocol of a port; the API's default is TCP. */
public enum Protocol {
  TCP,
  UDP,
  SCTP
}
