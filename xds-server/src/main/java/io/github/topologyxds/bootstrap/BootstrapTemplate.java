package io.github.topologyxds.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns the files of envoy-configs into bootstraps. It goes line by line and not through a YAML
 * library, so that what is printed is the file that a user has read, comments and all.
 */
public final class BootstrapTemplate {
  /** Indent, "# " where the line is optional, key, value if any, mark. */
  private static final Pattern MARKED =
      Pattern.compile("^( *)(# )?((?: |- )*)(\\w+:|\"@type\":)( \\S+)? # bootstrap: (.+)$");

  private BootstrapTemplate() {}

  /** The bootstrap as YAML that {@code envoy -c} takes, or as JSON for a gRPC library. */
  public static String render(BootstrapSettings settings) {
    return settings.kind() == BootstrapKind.GRPC ? GrpcBootstrap.render(settings) : yaml(settings);
  }

  private static String yaml(BootstrapSettings settings) {
    return file(settings.kind())
        .lines()
        .flatMap(line -> fill(line, settings).stream())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Returns the line as these settings have it; empty: without it. */
  private static Optional<String> fill(String line, BootstrapSettings settings) {
    Matcher marked = MARKED.matcher(line);
    if (!marked.matches()) {
      if (line.contains("# bootstrap: ")) {
        throw new IllegalStateException(
            "a marked line in envoy-configs is not understood: " + line);
      }
      return Optional.of(line);
    }
    Marker marker = Marker.of(marked.group(6));
    if (marker.isLeftOut(settings)) {
      return Optional.empty();
    }
    Optional<String> yaml = marker.yaml(settings);
    if (yaml.isEmpty()) {
      return Optional.of(line);
    }
    String ofFile = Objects.requireNonNullElse(marked.group(5), "");
    String value = yaml.get().isEmpty() ? ofFile : " " + yaml.get();
    return Optional.of(
        marked.group(1)
            + marked.group(3)
            + marked.group(4)
            + value
            + " # bootstrap: "
            + marked.group(6));
  }

  private static String file(BootstrapKind kind) {
    try (InputStream in = BootstrapTemplate.class.getResourceAsStream(kind.resource())) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + kind.resource());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kind.resource(), e);
    }
  }
}
