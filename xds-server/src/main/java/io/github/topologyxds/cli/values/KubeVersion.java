package io.github.topologyxds.cli.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A version of Kubernetes, as {@code kubectl version} and hosts of clusters write it. */
public record KubeVersion(int major, int minor) {
  /** {@code 1.29}, {@code v1.33.1}, {@code 1.30+}, {@code v1.31.2-gke.100}. */
  private static final Pattern WRITTEN =
      Pattern.compile("v?([0-9]{1,3})\\.([0-9]{1,3})(\\+|[.+-].*)?");

  /** Native sidecars are on by default from here on (KEP-753). */
  public boolean hasNativeSidecars() {
    return major > 1 || (major == 1 && minor >= 29);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }

  /** A version of Kubernetes, as {@code --kube-version} takes it. */
  public static final class Option implements ITypeConverter<KubeVersion> {
    @Override
    public KubeVersion convert(String text) {
      Matcher written = WRITTEN.matcher(text);
      if (!written.matches()) {
        throw new TypeConversionException("'" + text + "' is no version of Kubernetes (as 1.29)");
      }
      return new KubeVersion(
          Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }
  }
}
