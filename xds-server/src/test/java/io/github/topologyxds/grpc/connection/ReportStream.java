package io.github.topologyxds.grpc.connection;

import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadReportingServiceGrpc;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream of load reports that says what the test wants said; its node goes with each report. */
final class ReportStream implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<LoadStatsResponse> responses = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final ClientCall<LoadStatsRequest, LoadStatsResponse> call;
  private final StreamObserver<LoadStatsRequest> requests;
  private final Node node;

  private final class Observer implements StreamObserver<LoadStatsResponse> {
    @Override
    public void onNext(LoadStatsResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable error) {
      end.complete(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  /** Opens it on a connection, and says nothing yet. */
  ReportStream(Channel channel, Node node) {
    this.node = node;
    call =
        channel.newCall(LoadReportingServiceGrpc.getStreamLoadStatsMethod(), CallOptions.DEFAULT);
    requests = ClientCalls.asyncBidiStreamingCall(call, new Observer());
  }

  /** Reports these clusters. */
  void report(ClusterStats... clusters) {
    LoadStatsRequest.Builder request = LoadStatsRequest.newBuilder().setNode(node);
    for (ClusterStats cluster : clusters) {
      request.addClusterStats(cluster);
    }
    requests.onNext(request.build());
  }

  /** So many requests to a zone. */
  static ClusterStats sent(String cluster, String zone, long requests) {
    return ClusterStats.newBuilder()
        .setClusterName(cluster)
        .addUpstreamLocalityStats(
            UpstreamLocalityStats.newBuilder()
                .setLocality(Locality.newBuilder().setZone(zone))
                .setTotalIssuedRequests(requests))
        .build();
  }

  LoadStatsResponse next() throws InterruptedException {
    LoadStatsResponse response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (response == null) {
      throw new AssertionError("no response; the stream: " + end.getNow(Status.OK));
    }
    return response;
  }

  int waiting() {
    return responses.size();
  }

  Status end() throws InterruptedException, ExecutionException, TimeoutException {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }
}
