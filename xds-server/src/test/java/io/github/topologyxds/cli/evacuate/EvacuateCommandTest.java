package io.github.topologyxds.cli.evacuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.kubernetes.WriteApi;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.ShiftRecord;
import io.github.topologyxds.shifts.ZonalShift;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code evacuate} over files, whose clock is the test's, and what it writes to an API server. */
class EvacuateCommandTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir private Path folder = Path.of("");
  private Path world = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** wide: 2 in each of 4 zones. pair: zone-a and zone-b. lone: zone-b. quiet: opts out. */
  @BeforeEach
  void write() throws IOException {
    world = folder.resolve("world.yaml");
    StringBuilder text = new StringBuilder();
    for (String zone : List.of("zone-a", "zone-b", "zone-c", "zone-d")) {
      text.append(
          """
          ---
          {apiVersion: v1, kind: Node, metadata: {name: node-%1$s,
           labels: {topology.kubernetes.io/zone: %1$s}}, status: {allocatable: {cpu: '4'}}}
          """
              .formatted(zone));
    }
    service(text, "wide", "{}", "a", "a", "b", "b", "c", "c", "d", "d");
    Files.writeString(world, text);
  }

  @Test
  void aDryRunTellsWhatTheOthersGetAndWritesNothing() {
    assertThat(run("zone-b", "--for", "1h", "--dry-run")).isZero();
    assertThat(out.toString())
        .containsPattern("SERVICE PORT +THERE +OTHERS GET +MOST +NOTE")
        .containsPattern("shop/wide:80 +2 of 8 +\\+33 % +zone-[acd] +-\n")
        .contains("open TCP connections stay");
  }

  @Test
  void whatIsNowhereElseOrLoadsAnotherZoneSpeaksAgainstIt() throws IOException {
    StringBuilder more = new StringBuilder(Files.readString(world));
    service(more, "pair", "{}", "a", "b");
    service(more, "lone", "{}", "b");
    service(more, "quiet", "{topology-xds.io/zonal-shift: ignore}", "a", "b");
    Files.writeString(world, more);

    assertThat(run("zone-b", "--for", "1h", "--dry-run")).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("shop/lone:80 +1 of 1 +- +- +nowhere else: is served from there")
        .containsPattern("shop/pair:80 +1 of 2 +\\+100 % +zone-a +more than half more")
        .containsPattern("shop/quiet:80 .*stays");
    assertThat(err.toString())
        .contains(
            "zone-b should not be emptied: 1 Service ports are nowhere else, 1 would load another"
                + " zone by more than half more; --force does it");
    assertThat(run("zone-b", "--for", "1h", "--dry-run", "--force")).isZero();
  }

  @Test
  void scriptsReadThePlanAndTheList() throws IOException {
    assertThat(run("zone-b", "--for", "1h", "--dry-run", "-o", "json")).isZero();
    JsonNode plan = JsonMapper.shared().readTree(out.toString());
    assertThat(plan.path("zone").asString()).isEqualTo("zone-b");
    assertThat(plan.path("objection").asString()).isEmpty();
    assertThat(plan.path("openTcpConnections").asString()).isEqualTo("stay");
    JsonNode wide = plan.path("ports").path(0);
    assertThat(wide.path("cluster").asString()).isEqualTo("shop/wide:80");
    assertThat(wide.path("endpointsThere").asInt()).isEqualTo(2);
    assertThat(wide.path("endpointsReady").asInt()).isEqualTo(8);
    assertThat(wide.path("growth").asDouble()).isBetween(0.32, 0.35);
    assertThat(wide.path("outcome").asString()).isEqualTo("MOVES");

    out.getBuffer().setLength(0);
    assertThat(run("zone-b", "--for", "1h", "-o", "json")).isZero();
    Files.writeString(world, Files.readString(world) + "---\n" + out);
    out.getBuffer().setLength(0);
    assertThat(run("--list", "-o", "json")).isZero();
    JsonNode shift = JsonMapper.shared().readTree(out.toString()).path("shifts").path(0);
    assertThat(shift.path("zone").asString()).isEqualTo("zone-b");
    assertThat(shift.path("phase").asString()).isEqualTo("Active");
    assertThat(shift.path("expireAt").asString()).isEqualTo("2026-03-01T13:00:00Z");
  }

  @Test
  void printedTheObjectIsForAFolder() throws IOException {
    assertThat(
            run(
                "zone-b",
                "--for",
                "90m",
                "--mode",
                "strict",
                "--return-over",
                "0s",
                "--comment",
                "it's: 'new'",
                "-o",
                "yaml"))
        .isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            apiVersion: topology-xds.io/v1alpha1
            kind: ZonalShift
            metadata:
              name: "zone-b"
            spec:
              awayFrom: "zone-b"
              expireAt: "2026-03-01T13:30:00Z"
              mode: "Strict"
              returnOver: "0s"
              comment: "it's: 'new'"
            """);
    Files.writeString(world, Files.readString(world) + "---\n" + out);
    out.getBuffer().setLength(0);

    assertThat(run("--list")).isZero();
    assertThat(out.toString())
        .containsPattern("zone-b +zone-b +Active +Strict +2026-03-01T13:30:00Z +it's: 'new'");
  }

  @Test
  void whatTheServerWouldRefuseIsRefusedHere() throws IOException {
    for (String zone : List.of("zone-a", "zone-c", "zone-d")) {
      assertThat(run(zone, "--for", "1h", "--force", "-o", "yaml")).isZero();
      Files.writeString(world, Files.readString(world) + "---\n" + out);
      out.getBuffer().setLength(0);
    }
    assertThat(run("zone-b", "--for", "1h", "--dry-run")).isEqualTo(1);
    assertThat(err.toString()).contains("it would leave no zone");
  }

  @Test
  void aZoneThatNobodyHasIsASlipOfThePen() {
    assertThat(run("zone-x", "--for", "1h", "--dry-run")).isEqualTo(1);
    assertThat(err.toString())
        .contains("there is no zone zone-x (there are zone-a, zone-b, zone-c, zone-d)");
  }

  @Test
  void wrongUsageIsTold() {
    assertThat(run("--for", "1h")).isEqualTo(2);
    assertThat(run("zone-b")).isEqualTo(2);
    assertThat(run("zone-b", "--for", "73h")).isEqualTo(2);
    assertThat(run("zone-b", "--for", "soon")).isEqualTo(2);
    assertThat(run("zone-b", "--for", "1h", "--mode", "Strict")).isEqualTo(2);
    assertThat(run("zone-b", "--for", "1h")).as("a folder is not written to").isEqualTo(2);
  }

  /** Made, given another time, ended; what others have written into it stays. */
  @Test
  void theApiServerIsToldSo() throws InterruptedException {
    StoredShifts api = new StoredShifts();
    ClusterShifts shifts = new ClusterShifts(api);

    shifts.put(shift("zone-b", Duration.ofHours(1)));
    assertThat(api.spec("zone-b").path("expireAt").asString()).isEqualTo("2026-03-01T13:00:00Z");
    shifts.put(shift("zone-b", Duration.ofHours(2)));
    assertThat(api.spec("zone-b").path("expireAt").asString()).isEqualTo("2026-03-01T14:00:00Z");

    assertThat(shifts.end("zone-b", NOON.instant().plusSeconds(60))).containsExactly("zone-b");
    assertThat(api.spec("zone-b").path("expireAt").asString()).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(shifts.end("zone-b", NOON.instant().plusSeconds(90))).isEmpty();
    assertThat(api.requests)
        .containsExactly(
            "GET zone-b", "POST zone-b", "GET zone-b", "PUT zone-b", "GET", "PUT zone-b", "GET");
  }

  @Test
  void withoutTheKindItSaysWhereItComesFrom() {
    WriteApi api =
        request ->
            new WriteApi.Reply(
                404, JsonNodeFactory.instance.missingNode(), Duration.ZERO, "answers 404");
    assertThatThrownBy(() -> new ClusterShifts(api).put(shift("zone-b", Duration.ofHours(1))))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("answers 404; the kind ZonalShift comes with deploy/zonal-shift");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-f", world.toString()));
    CommandLine line = new CommandLine(new EvacuateCommand(NOON));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println(failure.getMessage());
      return 1;
    });
    return line.execute(all.toArray(String[]::new));
  }

  private static void service(
      StringBuilder text, String name, String annotations, String... zones) {
    StringBuilder endpoints = new StringBuilder();
    int number = 0;
    for (String zone : zones) {
      endpoints
          .append("{addresses: [10.")
          .append(name.hashCode() & 0xff)
          .append(".0.")
          .append(++number)
          .append("], zone: zone-")
          .append(zone)
          .append("}, ");
    }
    text.append(
        """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: %1$s, namespace: shop, annotations: %2$s},
         spec: {clusterIP: None, trafficDistribution: PreferSameZone, ports: [{port: 80}]}}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4,
         metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}},
         ports: [{port: 8080, name: ''}], endpoints: [%3$s]}
        """
            .formatted(name, annotations, endpoints));
  }

  private static ZonalShift shift(String zone, Duration time) {
    return new ZonalShift(
        zone,
        zone,
        NOON.instant().plus(time),
        ShiftMode.LAST_RESORT,
        ZonalShift.RETURN_OVER,
        "",
        ShiftRecord.NONE);
  }

  /** What an API server does with objects of the kind; it refuses what is out of date. */
  private static final class StoredShifts implements WriteApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final TreeMap<String, ObjectNode> byName = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private int version;

    ObjectNode spec(String name) {
      return Objects.requireNonNull(byName.get(name)).withObject("spec");
    }

    @Override
    public Reply send(Request request) {
      String name = request.path().replaceFirst(".*/zonalshifts/?", "");
      @Nullable ObjectNode body =
          request.body().isEmpty() ? null : (ObjectNode) JSON.readTree(request.body());
      String target = body == null ? name : body.path("metadata").path("name").asString("");
      requests.add((request.method() + " " + target).trim());
      if (body != null) {
        ObjectNode known = byName.get(target);
        String given = body.path("metadata").path("resourceVersion").asString("");
        if (known != null
            && !given.equals(known.path("metadata").path("resourceVersion").asString(""))) {
          return reply(409, JSON.createObjectNode());
        }
        body.withObject("metadata").put("resourceVersion", Integer.toString(++version));
        byName.put(target, body);
        return reply(200, body);
      }
      if (name.isEmpty()) {
        ObjectNode all = JSON.createObjectNode();
        byName.values().forEach(all.putArray("items")::add);
        return reply(200, all);
      }
      return byName.containsKey(name)
          ? reply(200, byName.get(name))
          : reply(404, JSON.createObjectNode());
    }

    private static Reply reply(int status, ObjectNode body) {
      return new Reply(status, body, Duration.ZERO, status < 300 ? "" : "answers " + status);
    }
  }
}
