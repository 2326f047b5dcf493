package io.github.topologyxds.e2e.apiserver;

import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's no, with the Status body of a real one. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int code;
  private final String reason;
  private final String body;

  private Refusal(ObjectNode status) {
    super(status.path("message").asString());
    this.code = status.path("code").asInt();
    this.reason = status.path("reason").asString("");
    this.body = status.toString();
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The machine's word for it: {@code AlreadyExists}, {@code Conflict}, {@code Invalid}... */
  public String reason() {
    return reason;
  }

  byte[] json() {
    return JSON.writeValueAsBytes(JSON.readTree(body));
  }

  static Refusal plain(int code, String reason, String message) {
    return new Refusal(status(code, reason, message));
  }

  static Refusal badRequest(String message) {
    return plain(400, "BadRequest", message);
  }

  static Refusal unauthorized() {
    return plain(401, "Unauthorized", "Unauthorized");
  }

  static Refusal notFound(ResourceKind kind, String name) {
    return aboutObject(
        404, "NotFound", "%s \"%s\" not found".formatted(kind.qualifiedPlural(), name), kind, name);
  }

  static Refusal alreadyExists(ResourceKind kind, String name) {
    return aboutObject(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(kind.qualifiedPlural(), name),
        kind,
        name);
  }

  static Refusal modified(ResourceKind kind, String name) {
    return aboutObject(
        409,
        "Conflict",
        ("Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply"
                + " your changes to the latest version and try again")
            .formatted(kind.qualifiedPlural(), name),
        kind,
        name);
  }

  /** A DELETE whose precondition does not hold. Unlike all others it names the kind. */
  static Refusal precondition(ResourceKind kind, String name, String what) {
    ObjectNode status =
        status(
            409,
            "Conflict",
            "Operation cannot be fulfilled on %s \"%s\": %s"
                .formatted(kind.qualifiedKind(), name, what));
    details(status, kind, name).put("kind", kind.kind());
    return new Refusal(status);
  }

  static Refusal invalid(ResourceKind kind, String name, List<Violation> violations) {
    List<String> texts = violations.stream().map(Violation::text).toList();
    String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    ObjectNode status =
        status(
            422, "Invalid", "%s \"%s\" is invalid: %s".formatted(kind.qualifiedKind(), name, all));
    ArrayNode causes = details(status, kind, name).put("kind", kind.kind()).putArray("causes");
    for (Violation violation : violations) {
      causes
          .addObject()
          .put("reason", violation.reason())
          .put("message", violation.message())
          .put("field", violation.field());
    }
    return new Refusal(status);
  }

  /** What RBAC says. */
  static Refusal forbidden(String user, Verb verb, Target target) {
    ResourceKind kind = target.kind();
    String what = target.isStatus() ? kind.plural() + "/status" : kind.plural();
    String subject = kind.qualifiedPlural();
    if (!target.name().isEmpty()) {
      subject += " \"" + target.name() + "\"";
    }
    String where =
        target.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + target.namespace() + "\"";
    return aboutObject(
        403,
        "Forbidden",
        "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(subject, user, verb.inRole(), what, kind.group(), where),
        kind,
        target.name());
  }

  /** A continue token whose revision is gone; the new token goes on from the same place, now. */
  static Refusal continueExpired(String freshToken) {
    ObjectNode status =
        status(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter, or use the continue token"
                + " in this response to retrieve the remainder of the results. Continuing with the"
                + " provided token results in an inconsistent list - objects that were created,"
                + " modified, or deleted between the time the first chunk was returned and now may"
                + " show up in the list.");
    ((ObjectNode) status.path("metadata")).put("continue", freshToken);
    return new Refusal(status);
  }

  static Refusal listExpired() {
    return plain(410, "Expired", "The resourceVersion for the provided list is too old.");
  }

  static Refusal watchExpired(long asked, long oldest) {
    return plain(410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
  }

  /** A revision of the future: the server's store is older than what the client has seen. */
  static Refusal tooLarge(long asked, long current) {
    ObjectNode status =
        status(
            504,
            "Timeout",
            "Too large resource version: %d, current: %d".formatted(asked, current));
    ObjectNode details = status.putObject("details");
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    return new Refusal(status);
  }

  private static Refusal aboutObject(
      int code, String reason, String message, ResourceKind kind, String name) {
    ObjectNode status = status(code, reason, message);
    details(status, kind, name);
    return new Refusal(status);
  }

  private static ObjectNode status(int code, String reason, String message) {
    ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status
        .put("status", "Failure")
        .put("message", message)
        .put("reason", reason)
        .put("code", code);
  }

  private static ObjectNode details(ObjectNode status, ResourceKind kind, String name) {
    ObjectNode details = status.putObject("details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    return details.put("kind", kind.plural());
  }
}
