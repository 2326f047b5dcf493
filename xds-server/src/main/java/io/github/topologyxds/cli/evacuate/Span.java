package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.source.mapping.ApiDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as objects write it: {@code 10m}, {@code 1h30m}. */
final class Span implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return ApiDuration.parse(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is no time as 30m, 1h or 1h30m"));
  }
}
