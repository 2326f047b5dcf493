package io.github.topologyxds.source.kubernetes;

import io.github.topologyxds.kubernetes.ApiClient;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.model.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a namespace that is to be followed does not exist: mostly a slip of the pen. */
final class MissingNamespace {
  private static final Logger LOG = LoggerFactory.getLogger(MissingNamespace.class);
  private static final int MAX_SHOWN = 20;

  private final ApiClient api;

  // Owner: the reflector's thread.
  private boolean told;

  MissingNamespace(ApiClient api) {
    this.api = api;
  }

  /** Says it of a Namespace that was listed and is not there, with those that there are. */
  void tell(Observation.Listed listed) throws InterruptedException {
    String name = listed.feed().namespace();
    boolean missing = listed.objects().isEmpty() && listed.feed().kind() == ObjectKind.NAMESPACE;
    if (missing && !told && !name.isEmpty()) {
      told = true;
      LOG.warn(
          "--namespaces: there is no Namespace \"{}\" (yet); {}. It is served once it exists",
          name,
          existing());
    }
  }

  private String existing() throws InterruptedException {
    try {
      byte[] answer = api.get("/api/v1/namespaces?limit=" + MAX_SHOWN);
      ObjectCodec.Page page = ObjectCodec.page(WatchedKind.NAMESPACE, answer);
      List<String> names = new ArrayList<>();
      page.objects().forEach(object -> names.add(object.key().name().name()));
      return "there are: " + String.join(", ", names) + (page.next().isEmpty() ? "" : " and more");
    } catch (ApiFailure e) {
      return "which others there are is not known: the API server " + e.getMessage();
    }
  }
}
