package io.github.topologyxds.cli.values;

import io.github.topologyxds.model.Family;

/** Reads {@code --family}, as the API spells it. */
public final class FamilyOption extends Choice<Family> {
  FamilyOption() {
    super(Family.values(), Family::label);
  }
}
