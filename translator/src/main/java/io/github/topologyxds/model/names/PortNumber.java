package io.github.topologyxds.model.names;

/** The numbers of TCP and UDP ports. The API server does not check those of EndpointSlices. */
public final class PortNumber {
  /** The highest. */
  public static final int MAX = 65535;

  private PortNumber() {}

  /** Returns whether it is one of 1..65535. */
  public static boolean isValid(int number) {
    return number >= 1 && number <= MAX;
  }
}
