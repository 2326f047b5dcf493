package io.github.topologyxds.kubernetes;

import io.github.topologyxds.identity.CredentialWatch;
import io.github.topologyxds.identity.KeySource;
import io.github.topologyxds.identity.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server knows of service accounts' tokens: the keys that it signs them with, and
 * whether it still believes one. Needs {@code get} on the two paths, and {@code create} on {@code
 * tokenreviews.authentication.k8s.io}.
 */
public final class ApiSigningKeys implements KeySource, CredentialWatch.TokenReview {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ISSUER = "/.well-known/openid-configuration";
  private static final String KEYS = "/openid/v1/jwks";

  /** The API server answers the path in this form alone: 406 to any other. */
  private static final String KEY_SET = "application/jwk-set+json";

  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

  /** A hung API server holds up the reviews of one look only. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final ApiClient api;
  private final String audience;

  /**
   * Asks one API server.
   *
   * @param audience that tokens must be for
   */
  public ApiSigningKeys(ApiClient api, String audience) {
    this.api = api;
    this.audience = audience;
  }

  @Override
  public SigningKeys read() throws IOException, InterruptedException {
    try {
      String issuer = JSON.readTree(api.get(ISSUER)).path("issuer").asString("");
      return SigningKeys.parse(issuer, new String(api.get(KEYS, KEY_SET), StandardCharsets.UTF_8));
    } catch (ApiFailure e) {
      throw new IOException("the API server " + e.getMessage(), e);
    } catch (ParseException | RuntimeException e) {
      throw new IOException("the API server answers " + KEYS + " with something else", e);
    }
  }

  @Override
  public Optional<Boolean> believes(String token) throws InterruptedException {
    ObjectNode review = JSON.createObjectNode();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
    review.putObject("spec").put("token", token).putArray("audiences").add(audience);
    WriteApi.Reply reply =
        api.send(new WriteApi.Request(WriteApi.Method.POST, REVIEWS, review.toString(), WITHIN));
    JsonNode believed = reply.body().path("status").path("authenticated");
    boolean asked = reply.succeeded() && reply.body().path("status").isObject();
    return asked ? Optional.of(believed.asBoolean(false)) : Optional.empty();
  }
}
