package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.session.Departure;
import io.grpc.Status;
import java.util.Objects;

/** A stream that can be ended from outside. */
public interface OpenStream {
  /** Ends the stream. Any thread. */
  void close(Status status);

  /** Returns as which cause a status is told with which a stream was closed in good order. */
  static Departure departure(Status status) {
    if (status.isOk()) {
      return Departure.CLOSED_BY_CLIENT;
    }
    String why = Objects.requireNonNullElse(status.getDescription(), status.getCode().name());
    if (status.getCode() == Status.Code.UNAVAILABLE) {
      return Departure.drained(why);
    }
    return status.getCode() == Status.Code.INTERNAL ? Departure.DEFECT : Departure.refused(why);
  }
}
