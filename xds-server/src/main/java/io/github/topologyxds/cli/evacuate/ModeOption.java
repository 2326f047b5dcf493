package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.model.shift.ShiftMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What becomes of the endpoints of the zone, as the command line writes it. */
final class ModeOption implements ITypeConverter<ShiftMode> {
  @Override
  public ShiftMode convert(String text) {
    return switch (text) {
      case "last-resort" -> ShiftMode.LAST_RESORT;
      case "strict" -> ShiftMode.STRICT;
      default ->
          throw new TypeConversionException("'" + text + "' is neither last-resort nor strict");
    };
  }
}
