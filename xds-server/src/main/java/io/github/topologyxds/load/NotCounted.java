package io.github.topologyxds.load;

/** Why reported requests do not count. */
public enum NotCounted {
  /** The client has not asked for the endpoints, or nothing of that name is served. */
  NOT_SUBSCRIBED("not_subscribed"),
  /** More than one client can send. */
  RATE("rate");

  private final String label;

  NotCounted(String label) {
    this.label = label;
  }

  /** Returns it as metrics write it. */
  public String label() {
    return label;
  }
}
