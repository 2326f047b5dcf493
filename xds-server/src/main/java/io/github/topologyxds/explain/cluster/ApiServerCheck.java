package io.github.topologyxds.explain.cluster;

import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.model.finding.Finding;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the API server for its version, who we are there, and whether its controllers live. */
public final class ApiServerCheck {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  /** kube-controller-manager renews its Lease every 2 s; others take it over after 15 s. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(60);

  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-controller-manager";
  private static final String SLICES_OF_CONTROLLER =
      "/apis/discovery.k8s.io/v1/endpointslices?limit=1&labelSelector="
          + "endpointslice.kubernetes.io%2Fmanaged-by%3Dendpointslice-controller.k8s.io";

  private static final String SLICE_CONTROLLER = "SLICE_CONTROLLER";
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

  /** EndpointSlice v1; below {@link #MANIFESTS} what deploy/ holds is not taken. */
  private static final int OLDEST = 21;

  private static final int MANIFESTS = 27;

  private final WriteApi api;
  private final URI address;
  private final Clock clock;

  /** Asks the API server at this address. */
  public ApiServerCheck(WriteApi api, URI address, Clock clock) {
    this.api = api;
    this.address = address;
    this.clock = clock;
  }

  /** Whether the API server has answered at all, and what there is to say. */
  public record Told(boolean answered, List<CheckLine> lines) {
    public Told {
      lines = List.copyOf(lines);
    }
  }

  /** Asks; where it does not answer, that is the only line. */
  public Told ask() throws InterruptedException {
    WriteApi.Reply version = get("/version");
    if (!version.succeeded()) {
      return new Told(
          false,
          List.of(
              line(
                  State.ERROR,
                  "API_SERVER",
                  "the API server " + version.trouble(),
                  "kubectl version, with the same kubeconfig and context")));
    }
    return new Told(
        true, List.of(version(version.body().path("gitVersion").asString("")), sliceController()));
  }

  private CheckLine version(String version) throws InterruptedException {
    String name = user();
    String fact =
        "API server "
            + Finding.quote(version)
            + " at "
            + address
            + (name.isEmpty() ? "" : ", as " + Finding.quote(name));
    Matcher numbers = VERSION.matcher(version);
    int minor =
        numbers.matches() && numbers.group(1).equals("1")
            ? Integer.parseInt(numbers.group(2))
            : Integer.MAX_VALUE;
    if (minor < OLDEST) {
      return line(State.ERROR, "API_SERVER", fact, "Kubernetes 1.21 or newer has EndpointSlice v1");
    }
    return minor < MANIFESTS
        ? line(State.WARNING, "API_SERVER", fact, "the manifests of deploy/ are for 1.27 and newer")
        : line(State.OK, "API_SERVER", fact, "");
  }

  /** Known since Kubernetes 1.28; "" before. */
  private String user() throws InterruptedException {
    return api.send(
            new WriteApi.Request(
                WriteApi.Method.POST,
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}",
                WITHIN))
        .body()
        .path("status")
        .path("userInfo")
        .path("username")
        .asString("");
  }

  /** The controller is part of kube-controller-manager, whose leader renews a Lease. */
  private CheckLine sliceController() throws InterruptedException {
    WriteApi.Reply lease = get(LEASE);
    if (!lease.succeeded()) {
      return bySlices();
    }
    String renewed = lease.body().path("spec").path("renewTime").asString("");
    try {
      Duration silence = Duration.between(Instant.parse(renewed), clock.instant());
      return silence.compareTo(MAX_SILENCE) > 0
          ? line(
              State.ERROR,
              SLICE_CONTROLLER,
              "kube-controller-manager has not renewed its Lease for "
                  + silence.toSeconds()
                  + " s: nobody writes EndpointSlices",
              "kubectl -n kube-system get pods -l component=kube-controller-manager")
          : line(
              State.OK,
              SLICE_CONTROLLER,
              "the EndpointSlice controller lives: kube-controller-manager has renewed its Lease "
                  + Math.max(0, silence.toSeconds())
                  + " s ago",
              "");
    } catch (DateTimeParseException e) {
      return bySlices();
    }
  }

  /** Managed clusters hide that Lease; what the controller has written shows that it is there. */
  private CheckLine bySlices() throws InterruptedException {
    WriteApi.Reply slices = get(SLICES_OF_CONTROLLER);
    if (!slices.succeeded()) {
      return line(
          State.NOTE,
          SLICE_CONTROLLER,
          "whether the EndpointSlice controller lives cannot be seen: the API server "
              + slices.trouble(),
          "kubectl -n kube-system get lease kube-controller-manager");
    }
    return slices.body().path("items").isEmpty()
        ? line(
            State.WARNING,
            SLICE_CONTROLLER,
            "no EndpointSlice is of the EndpointSlice controller, and its Lease cannot be read",
            "kubectl -n kube-system get lease kube-controller-manager")
        : line(
            State.NOTE,
            SLICE_CONTROLLER,
            "there are EndpointSlices of the EndpointSlice controller; whether it still lives"
                + " cannot be seen, as its Lease cannot be read",
            "kubectl -n kube-system get lease kube-controller-manager");
  }

  private WriteApi.Reply get(String path) throws InterruptedException {
    return api.send(new WriteApi.Request(WriteApi.Method.GET, path, "", WITHIN));
  }

  private static CheckLine line(State state, String code, String fact, String mend) {
    return new CheckLine(Section.KUBERNETES, state, code, fact, mend);
  }
}
