package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.net.http.HttpClient.Redirect;

/**
 * The JDK's HTTP client as fabric8 sets it up, but for three things that fabric8 does for a person
 * at a keyboard: it follows redirects to any host, with the credential; on a 401 it reads the
 * kubeconfig anew and runs the plugin in it; at level TRACE it logs every header.
 */
final class DirectHttp extends JdkHttpClientFactory {
  /** The name under which fabric8's client builder adds what logs headers. */
  private static final String LOGGING = "HttpLogging";

  @Override
  protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
    builder.followRedirects(Redirect.NEVER);
  }

  /** Leaves away what shows credentials, to the server or in the log. */
  static void withoutCredentials(io.fabric8.kubernetes.client.http.HttpClient.Builder builder) {
    builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null);
    builder.addOrReplaceInterceptor(LOGGING, null);
  }
}
