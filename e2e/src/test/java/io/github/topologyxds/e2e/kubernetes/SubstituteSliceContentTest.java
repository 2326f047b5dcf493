package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Path;

/** The scenarios against the substitute. */
class SubstituteSliceContentTest extends SliceContentScenarios {
  private final ApiServer api = ApiServer.start();

  @Override
  Path kubeconfig(Path into) throws IOException {
    return api.kubeconfig(into);
  }

  @Override
  void release() {
    api.close();
  }
}
