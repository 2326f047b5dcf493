package io.github.topologyxds.slices.writer;

import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.lease.LeaseName;

/**
 * What the writer works with.
 *
 * @param planner its installation is that of the Lease
 */
public record WriterSettings(PlannerSettings planner, LeaseName lease) {
  public WriterSettings {
    if (!planner.installation().equals(lease.installation())) {
      throw new IllegalArgumentException("the installation is not the Lease");
    }
  }
}
