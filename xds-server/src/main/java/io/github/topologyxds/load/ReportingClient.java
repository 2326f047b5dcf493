package io.github.topologyxds.load;

/** The client behind a stream of load reports, as its discovery streams show it. */
public interface ReportingClient {
  /** Returns the zone of the client's Node; "" when it is not known. */
  String zone();

  /** Returns whether the client is subscribed to these endpoints. */
  boolean subscribes(String assignment);
}
