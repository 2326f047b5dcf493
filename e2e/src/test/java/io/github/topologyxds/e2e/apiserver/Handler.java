package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds the answer to a request, the faults in its place among them. */
final class Handler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Reads reads;
  private final Writes writes;
  private final Deletes deletes;
  private final Faults faults;
  private final TokenIssuer tokens;
  private final SelfReviews reviews;

  Handler(Store store, Faults faults, TokenIssuer tokens) {
    this.reads = new Reads(store);
    this.writes = new Writes(store);
    this.deletes = new Deletes(store);
    this.faults = faults;
    this.tokens = tokens;
    this.reviews = new SelfReviews(faults);
  }

  /**
   * Answers.
   *
   * @param user empty when the token is nobody's
   * @return nothing when the connection is to be reset
   */
  Optional<Answer> answer(Request request, String user) {
    Optional<Fault.InsteadOfAnswer> fault = faults.insteadOf(request);
    if (fault.isPresent()) {
      return instead(fault.get(), request, user);
    }
    try {
      if (user.isEmpty()) {
        throw Refusal.unauthorized();
      }
      Optional<Answer> special = portForward(request).or(() -> reviews.answer(request, user));
      if (special.isPresent()) {
        return special;
      }
      if (request.header("Upgrade").equalsIgnoreCase("websocket")) {
        // A real server can; here watches are chunks. To 503 fabric8 falls back to them, whereas a
        // 200 without end would hold its handshake for ever.
        return Optional.of(Answer.Content.text(503, "no WebSockets here\n"));
      }
      Optional<Answer> ofTokens = tokens.answer(request);
      if (ofTokens.isPresent()) {
        return ofTokens;
      }
      return Optional.of(
          request.target().map(target -> of(target, request)).orElseGet(() -> other(request)));
    } catch (Refusal refusal) {
      return Optional.of(Answer.Content.of(refusal));
    } catch (JacksonException | NumberFormatException e) {
      return Optional.of(Answer.Content.of(Refusal.badRequest(String.valueOf(e.getMessage()))));
    }
  }

  private Answer of(Target target, Request request) {
    Verb verb = request.verb();
    boolean named = !target.name().isEmpty();
    boolean allowed =
        switch (verb) {
          case WATCH -> true;
          case LIST, CREATE -> !named;
          case GET, UPDATE, PATCH, DELETE -> named;
        };
    if (!allowed) {
      throw Refusal.plain(
          405,
          "MethodNotAllowed",
          "the server does not allow this method on the requested resource");
    }
    if (!target.subresource().isEmpty() && !(target.isStatus() && target.kind().hasStatus())) {
      throw Refusal.plain(404, "NotFound", "the server could not find the requested resource");
    }
    String agent = request.header("User-Agent");
    return switch (verb) {
      case GET -> Answer.Content.json(200, reads.get(target));
      case LIST -> Answer.Content.json(200, reads.list(target, request.parameters()));
      case WATCH -> {
        // A selector that cannot be read is refused before the stream begins.
        Selection.of(target, request.parameters());
        yield new Answer.Watch(target, request.parameters());
      }
      case CREATE ->
          Answer.Content.json(201, writes.create(target, object(request), agent).whole());
      case UPDATE -> {
        Writes.Written written = writes.update(target, object(request), agent);
        yield Answer.Content.json(written.created() ? 201 : 200, written.object().whole());
      }
      case PATCH -> Answer.Content.json(200, patched(target, request));
      case DELETE -> {
        String options = request.body();
        yield deleted(deletes.delete(target, JSON.readTree(options.isBlank() ? "{}" : options)));
      }
    };
  }

  private Optional<Answer> portForward(Request request) {
    return request
        .target()
        .filter(target ->
            target.kind() == ResourceKind.PODS && target.subresource().equals("portforward"))
        .map(target -> {
          reads.get(target);
          if (!request.header("Sec-WebSocket-Protocol").equals(PodPorts.PROTOCOL)) {
            throw Refusal.badRequest("unable to upgrade: no protocol that is known here");
          }
          return new Answer.PortForward(
              target.namespace() + "/" + target.name(),
              Integer.parseInt(request.parameters().getOrDefault("ports", "")));
        });
  }

  private byte[] patched(Target target, Request request) {
    String type = request.header("Content-Type");
    if (!type.startsWith("application/merge-patch+json")
        && !type.startsWith("application/strategic-merge-patch+json")) {
      throw Refusal.plain(
          415,
          "UnsupportedMediaType",
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/merge-patch+json, application/strategic-merge-patch+json");
    }
    return writes.patch(target, object(request), request.header("User-Agent")).whole();
  }

  private static Answer deleted(StoredObject gone) {
    ResourceKind kind = gone.key().kind();
    ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details =
        status.put("status", "Success").putObject("details").put("name", gone.key().name());
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.plural()).put("uid", gone.uid());
    return Answer.Content.json(200, JSON.writeValueAsBytes(status));
  }

  private static ObjectNode object(Request request) {
    JsonNode body = JSON.readTree(request.body());
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the body of the request is no object");
  }

  private static Answer other(Request request) {
    return switch (request.path()) {
      case "/healthz", "/livez", "/readyz" -> Answer.Content.text(200, "ok");
      case "/version" ->
          Answer.Content.json(
              200,
              "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.3\"}"
                  .getBytes(StandardCharsets.UTF_8));
      default -> Answer.Content.text(404, "404 page not found\n");
    };
  }

  private static Optional<Answer> instead(
      Fault.InsteadOfAnswer fault, Request request, String user) {
    return switch (fault) {
      case Fault.Reset() -> Optional.empty();
      case Fault.GoneStatus() ->
          Optional.of(
              Answer.Content.of(
                  Refusal.plain(
                      410, "Expired", "too old resource version: the watch begins anew")));
      case Fault.Forbidden() -> Optional.of(Answer.Content.of(forbidden(request, user)));
      case Fault.HttpError(int code, int retryAfter) -> {
        Answer.Content error = error(code);
        yield Optional.of(retryAfter == 0 ? error : error.retryAfter(retryAfter));
      }
    };
  }

  private static Refusal forbidden(Request request, String user) {
    return request
        .target()
        .map(target -> Refusal.forbidden(user, request.verb(), target))
        .orElseGet(() ->
            Refusal.plain(
                403,
                "Forbidden",
                "forbidden: User \"%s\" cannot get path \"%s\"".formatted(user, request.path())));
  }

  /** What real servers say: 429 comes from priority and fairness, which answers in plain text. */
  private static Answer.Content error(int code) {
    return switch (code) {
      case 429 -> Answer.Content.text(429, "Too many requests, please try again later.\n");
      case 500 ->
          Answer.Content.of(
              Refusal.plain(
                  500, "InternalError", "Internal error occurred: etcdserver: request timed out"));
      case 503 ->
          Answer.Content.of(
              Refusal.plain(
                  503,
                  "ServiceUnavailable",
                  "the server is currently unable to handle the request"));
      default -> Answer.Content.of(Refusal.plain(code, "Unknown", "a fault that a test asked for"));
    };
  }
}
