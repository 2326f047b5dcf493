package io.github.topologyxds.explain.cluster;

import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.kubernetes.WriteApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API server verb by verb what the account that asks may do (SelfSubjectAccessReview,
 * which every account may create). Any thread.
 */
public final class RightsCheck {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CODE = "RIGHTS";

  private final WriteApi api;
  private final Who who;

  /** Whose rights they are, and who gives them. */
  public enum Who {
    /** The account of a kubeconfig, under which a server would run. */
    ACCOUNT(
        "this account",
        "serve under this account needs the ClusterRole of deploy/cluster-role.yaml; the chart and"
            + " deploy/ bring an account that has it"),
    /** The server that answers. */
    SERVER("the server", "kubectl apply -k deploy/, or helm upgrade");

    private final String words;
    private final String mend;

    Who(String words, String mend) {
      this.words = words;
      this.mend = mend;
    }
  }

  /** Asks for one account. */
  public RightsCheck(WriteApi api, Who who) {
    this.api = api;
    this.who = who;
  }

  /**
   * Returns one line for all that is allowed, and one for each kind of resource of which something
   * is not.
   *
   * @param rights in the order in which they are told of
   */
  public List<CheckLine> lines(List<Right> rights) throws InterruptedException {
    Map<String, List<String>> allowed = new LinkedHashMap<>();
    Map<String, List<String>> denied = new LinkedHashMap<>();
    for (Right right : rights) {
      WriteApi.Reply reply = api.send(review(right));
      if (!reply.succeeded()) {
        return List.of(
            line(
                State.WARNING,
                "the API server does not say what " + who.words + " may: " + reply.trouble(),
                "kubectl auth can-i --list"));
      }
      boolean may = reply.body().path("status").path("allowed").asBoolean(false);
      (may ? allowed : denied)
          .computeIfAbsent(right.object(), object -> new ArrayList<>())
          .add(right.verb());
    }
    List<CheckLine> lines = new ArrayList<>();
    if (!allowed.isEmpty()) {
      lines.add(line(State.OK, who.words + " may " + words(allowed), ""));
    }
    denied.forEach((object, verbs) ->
        lines.add(
            line(
                State.ERROR,
                who.words + " may not " + String.join(" and ", verbs) + " " + object,
                who.mend)));
    return List.copyOf(lines);
  }

  /** {@code list and watch services, nodes; create events}: verbs that go together once. */
  private static String words(Map<String, List<String>> verbsByObject) {
    Map<String, List<String>> objects = new LinkedHashMap<>();
    verbsByObject.forEach((object, verbs) ->
        objects.computeIfAbsent(String.join(" and ", verbs), any -> new ArrayList<>()).add(object));
    List<String> parts = new ArrayList<>();
    objects.forEach((verbs, of) -> parts.add(verbs + " " + String.join(", ", of)));
    return String.join("; ", parts);
  }

  private static CheckLine line(State state, String fact, String mend) {
    return new CheckLine(Section.KUBERNETES, state, CODE, fact, mend);
  }

  private static WriteApi.Request review(Right right) {
    ObjectNode review =
        JSON.createObjectNode()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
    int slash = right.resource().indexOf('/');
    attributes.put("verb", right.verb()).put("group", right.group());
    attributes.put("resource", slash < 0 ? right.resource() : right.resource().substring(0, slash));
    if (slash >= 0) {
      attributes.put("subresource", right.resource().substring(slash + 1));
    }
    if (!right.namespace().isEmpty()) {
      attributes.put("namespace", right.namespace());
    }
    return new WriteApi.Request(WriteApi.Method.POST, REVIEWS, review.toString(), WITHIN);
  }
}
