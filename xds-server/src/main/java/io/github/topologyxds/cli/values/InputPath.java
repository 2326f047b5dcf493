package io.github.topologyxds.cli.values;

import io.github.topologyxds.source.files.Manifests;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a path, {@code -} being standard input; a misspelt flag behind {@code -f} is wrong usage
 * and no file.
 */
public final class InputPath implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    if (text.startsWith("-") && !text.equals(Manifests.STANDARD_INPUT.toString())) {
      throw new TypeConversionException(
          "'" + text + "' is no flag of this command (a file of that name: ./" + text + ")");
    }
    return Path.of(text);
  }
}
