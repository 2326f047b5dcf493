package io.github.topologyxds.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SPIFFE ids as Istio, cert-manager's csi-driver-spiffe and SPIRE write them: {@code
 * spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT}, with {@code /node/NODE} behind where SPIRE's template
 * says so. A certificate carries exactly one (SPIFFE X.509-SVID, 2).
 */
final class SpiffeId {
  private static final int URI_NAME = 6;

  private static final Pattern FORM =
      Pattern.compile(
          "spiffe://[a-z0-9._-]+/ns/([a-z0-9-]{1,63})/sa/([a-z0-9.-]{1,253})"
              + "(?:/node/([a-z0-9.-]{1,253}))?");

  private SpiffeId() {}

  /** Returns who a client certificate is; empty when it has no such id. */
  static Optional<ClientIdentity> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names =
          Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
      List<String> ids =
          names.stream()
              .filter(name -> name.get(0).equals(URI_NAME))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
      return ids.size() == 1 ? of(ids.get(0)) : Optional.empty();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClientIdentity> of(String id) {
    Matcher matcher = FORM.matcher(id);
    return matcher.matches()
        ? Optional.of(
            new ClientIdentity(
                ClientIdentity.Source.CERTIFICATE,
                matcher.group(1),
                matcher.group(2),
                "",
                Objects.requireNonNullElse(matcher.group(3), "")))
        : Optional.empty();
  }
}
