package io.github.topologyxds.benchmarks.load.refused;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Tokens that are right in all but the signature: those that cost most to refuse. */
final class ForgedTokens {
  static final String ISSUER = "https://kubernetes.default.svc";
  static final String KEY = "key-1";

  /** Of RSA with 2,048 bits. */
  private static final int SIGNATURE = 256;

  private ForgedTokens() {}

  /** Returns the token of one of many Pods; each has its own. */
  static String of(int pod) {
    byte[] signature = new byte[SIGNATURE];
    Arrays.fill(signature, (byte) 1);
    return part("{\"alg\":\"RS256\",\"kid\":\"" + KEY + "\"}")
        + "."
        + part(
            """
            {"aud":["topology-xds"],"exp":4102444800,"iat":1,"nbf":1,"iss":"%s","jti":"%d",
            "kubernetes.io":{"namespace":"shop","node":{"name":"node-%d","uid":"n-%d"},
            "pod":{"name":"front-%d","uid":"p-%d"},"serviceaccount":{"name":"front","uid":"s"}},
            "sub":"system:serviceaccount:shop:front"}\
            """
                .formatted(ISSUER, pod, pod, pod, pod, pod))
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
