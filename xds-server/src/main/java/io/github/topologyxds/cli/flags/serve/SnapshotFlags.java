package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.source.snapshot.SnapshotSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether {@code serve} keeps the last complete state on disk, and when it serves that. */
public final class SnapshotFlags {
  @ArgGroup(exclusive = false)
  private @Nullable Kept kept;

  /** Only together with {@code --snapshot}. */
  static final class Kept {
    @Option(
        names = "--snapshot",
        required = true,
        paramLabel = "DIR",
        description =
            "Keep the last complete state in this folder, and serve it after a start while the"
                + " source is away.")
    private Path folder = Path.of("");

    @Option(
        names = "--snapshot-after",
        converter = Span.class,
        defaultValue = "20s",
        paramLabel = "T",
        description =
            "How long the source may take for its first complete state (default:"
                + " ${DEFAULT-VALUE}).")
    private Duration after = SnapshotSettings.DEFAULT_AFTER;

    @Option(
        names = "--snapshot-max-age",
        converter = Span.class,
        defaultValue = "1h",
        paramLabel = "T",
        description =
            "An older state is not served: other Pods have its addresses by then (default:"
                + " ${DEFAULT-VALUE}).")
    private Duration maxAge = SnapshotSettings.DEFAULT_MAX_AGE;
  }

  /** Returns where the last state is kept; null: nowhere. */
  public @Nullable SnapshotSettings settings() {
    Kept flags = kept;
    return flags == null ? null : new SnapshotSettings(flags.folder, flags.after, flags.maxAge);
  }

  /** A time in whole seconds, minutes or hours. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[0-9]{1,4}[smh]")) {
        throw new TypeConversionException("'" + text + "' is no time as 20s, 5m or 1h");
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }
}
