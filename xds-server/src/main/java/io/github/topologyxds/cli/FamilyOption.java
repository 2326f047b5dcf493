package io.github.topologyxds.cli;

import io.github.topologyxds.model.Family;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code --family}, as the API spells it. */
final class FamilyOption implements ITypeConverter<Family> {
  @Override
  public Family convert(String text) {
    return Choice.of(text, Family.values(), Family::label);
  }
}
