package io.github.topologyxds.csds;

import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.subscription.HeldResource;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CSDS: how far the clients have got that a request asks for, type by type; of one client alone its
 * resources too. Any thread; answers are made on the workers.
 */
public final class ClientStatusService extends ClientStatusDiscoveryServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClientStatusService.class);

  /** A loop that does not come to it in this time is stuck, or the server stops. */
  private static final int SECONDS = 5;

  private final ConnectedClients clients;
  private final Executor workers;

  /**
   * Tells of these clients.
   *
   * @param workers make the answers; they may refuse
   */
  public ClientStatusService(ConnectedClients clients, Executor workers) {
    this.clients = clients;
    this.workers = workers;
  }

  @Override
  public StreamObserver<ClientStatusRequest> streamClientStatus(
      StreamObserver<ClientStatusResponse> responses) {
    return AnswerStream.of(responses, this::answer);
  }

  @Override
  public void fetchClientStatus(
      ClientStatusRequest request, StreamObserver<ClientStatusResponse> response) {
    ServerCallStreamObserver<ClientStatusResponse> call =
        (ServerCallStreamObserver<ClientStatusResponse>) response;
    var unused =
        answer(request)
            .whenComplete((answer, failure) -> {
              if (call.isCancelled()) {
                return;
              }
              if (failure != null) {
                call.onError(AnswerStream.cause(failure));
              } else {
                call.onNext(answer);
                call.onCompleted();
              }
            });
  }

  private CompletableFuture<ClientStatusResponse> answer(ClientStatusRequest request) {
    Predicate<ConnectedClient> asked;
    try {
      asked = NodeMatching.of(request.getNodeMatchersList());
    } catch (InvalidMatcherException e) {
      return CompletableFuture.failedFuture(
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
    }
    try {
      return clients
          .all()
          .orTimeout(SECONDS, TimeUnit.SECONDS)
          .thenComposeAsync(
              all -> answer(MatchedClient.of(all.stream().filter(asked).toList()), request),
              workers)
          .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(told(e));
    }
  }

  private CompletableFuture<ClientStatusResponse> answer(
      List<MatchedClient> matched, ClientStatusRequest request) {
    if (matched.size() == 1 && !request.getExcludeResourceContents()) {
      MatchedClient client = matched.getFirst();
      return resources(client).thenApplyAsync(r -> response(matched, r), workers);
    }
    return CompletableFuture.completedFuture(response(matched, Map.of()));
  }

  private CompletableFuture<Map<ResourceType, List<HeldResource>>> resources(MatchedClient client) {
    CompletableFuture<Map<ResourceType, List<HeldResource>>> all =
        CompletableFuture.completedFuture(Map.of());
    for (var stream : client.byType().entrySet()) {
      ResourceType type = stream.getKey();
      all =
          all.thenCombine(
              clients.resources(stream.getValue(), type).orTimeout(SECONDS, TimeUnit.SECONDS),
              (some, more) -> {
                Map<ResourceType, List<HeldResource>> joined = new EnumMap<>(ResourceType.class);
                joined.putAll(some);
                joined.put(type, more);
                return joined;
              });
    }
    return all;
  }

  private static ClientStatusResponse response(
      List<MatchedClient> matched, Map<ResourceType, List<HeldResource>> resources) {
    ClientStatusResponse.Builder response = ClientStatusResponse.newBuilder();
    matched.forEach(client -> response.addConfig(ClientConfigs.of(client, resources)));
    return response.build();
  }

  private static Throwable told(Throwable failure) {
    Throwable cause = AnswerStream.cause(failure);
    if (cause instanceof RejectedExecutionException) {
      return Status.UNAVAILABLE.withDescription("too many requests wait already").asException();
    }
    if (cause instanceof TimeoutException) {
      return Status.UNAVAILABLE
          .withDescription("the clients cannot be listed: the xDS port does not answer")
          .asException();
    }
    LOG.error("CSDS cannot answer", cause);
    return Status.INTERNAL.withDescription("internal error").asException();
  }
}
