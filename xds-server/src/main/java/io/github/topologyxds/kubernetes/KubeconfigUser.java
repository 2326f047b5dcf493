package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.github.topologyxds.state.SourceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a user of a kubeconfig shows of himself beside a client certificate that stands in it.
 *
 * @param folder of the kubeconfig, which its paths are relative to
 */
record KubeconfigUser(AuthInfo user, Path folder) {
  /**
   * Takes the credential out of the user, so that nobody else reads, runs or logs it.
   *
   * @throws SourceException when one is asked for and there is none
   */
  Credential take() throws SourceException, InterruptedException {
    certificate();
    Credential credential = credential();
    user.setTokenFile(null);
    user.setToken(null);
    user.setUsername(null);
    user.setPassword(null);
    user.setExec(null);
    user.setAuthProvider(null);
    return credential;
  }

  private Credential credential() throws SourceException, InterruptedException {
    if (isThere(user.getTokenFile())) {
      return begun(new TokenFile(folder.resolve(user.getTokenFile())));
    }
    if (isThere(user.getToken())) {
      return new Credential.Fixed(Credential.Proof.bearer(user.getToken()));
    }
    if (isThere(user.getUsername())) {
      String both =
          user.getUsername() + ":" + (user.getPassword() == null ? "" : user.getPassword());
      return new Credential.Fixed(new Credential.Proof("Basic " + base64(both), null));
    }
    if (user.getExec() != null) {
      return begun(new ExecPlugin(user.getExec(), folder));
    }
    if (user.getAuthProvider() != null) {
      throw new SourceException(
          "the auth-provider \"%s\" is not supported; use a credential plugin (exec), a token or a client certificate"
              .formatted(user.getAuthProvider().getName()));
    }
    return Credential.NONE;
  }

  static Credential begun(RenewedCredential.Origin origin)
      throws SourceException, InterruptedException {
    return new RenewedCredential(origin, origin.given());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void certificate() throws SourceException {
    boolean certificate =
        isThere(user.getClientCertificate()) || isThere(user.getClientCertificateData());
    boolean key = isThere(user.getClientKey()) || isThere(user.getClientKeyData());
    if (certificate != key) {
      throw new SourceException(
          certificate
              ? "the user has a client certificate and no client-key"
              : "the user has a client-key and no client certificate");
    }
    user.setClientCertificate(readable(user.getClientCertificate(), "client-certificate"));
    user.setClientKey(readable(user.getClientKey(), "client-key"));
  }

  private @Nullable String readable(@Nullable String file, String field) throws SourceException {
    if (file == null || file.isEmpty()) {
      return null;
    }
    Path path = folder.resolve(file);
    if (!Files.isReadable(path)) {
      throw new SourceException("the %s %s cannot be read".formatted(field, path));
    }
    return path.toString();
  }

  private static boolean isThere(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
