package io.github.topologyxds.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.github.topologyxds.model.finding.Finding;

/**
 * Looks at what was compiled to where the library is, whoever compiled it and whatever else is on
 * the class path. (ArchUnit's own option knows Maven's, Gradle's and IntelliJ's folders alone.)
 */
final class OnlyTheTranslator implements ImportOption {
  private static final String LIBRARY =
      Finding.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  @Override
  public boolean includes(Location location) {
    return location.contains(LIBRARY);
  }
}
