package io.github.topologyxds.state;

/**
 * The API server's {@code resourceVersion}. Versions of one resource type are whole numbers of any
 * length that grow (KEP-5504; before it, a fact of etcd): a longer one is newer, else the
 * alphabetically later one. What is no number counts as newer than everything, so that it is never
 * passed over.
 *
 * @param text as the server wrote it; "" before the first
 */
public record ResourceVersion(String text) {
  public static final ResourceVersion NONE = new ResourceVersion("");

  /** True when nothing at this version is news to one who knows {@code other}. */
  public boolean isAtMost(ResourceVersion other) {
    if (!isNumber() || !other.isNumber()) {
      return false;
    }
    int byLength = Integer.compare(text.length(), other.text.length());
    return (byLength == 0 ? text.compareTo(other.text) : byLength) <= 0;
  }

  /** True when this is certainly older than {@code other}. */
  public boolean isBefore(ResourceVersion other) {
    return isAtMost(other) && !other.isAtMost(this);
  }

  private boolean isNumber() {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
