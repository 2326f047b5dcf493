package io.github.topologyxds.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/**
 * Leaves out what was compiled to where this class was: the tests, whoever compiled them.
 * (ArchUnit's own option knows Maven's, Gradle's and IntelliJ's folders alone.)
 */
final class WithoutTests implements ImportOption {
  private static final String TESTS =
      WithoutTests.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  @Override
  public boolean includes(Location location) {
    return !location.contains(TESTS);
  }
}
