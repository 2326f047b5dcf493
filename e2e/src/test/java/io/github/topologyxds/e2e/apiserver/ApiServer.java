package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A substitute of the Kubernetes API server, on loopback, for tests.
 *
 * <p>It answers as the real 1.36.3 one whose transcripts are replayed against it. What it lacks, it
 * says: 404 for kinds, 405, 415 and 400 for what it cannot do. It collects no garbage and knows no
 * finalizers; a namespace that is deleted takes its content along at once.
 */
public final class ApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEST_USER = "topology-xds";

  private final Store store = new Store();
  private final Writes writes = new Writes(store);
  private final TokenIssuer tokens = new TokenIssuer();
  private final RequestLog log = new RequestLog();
  private final PodPorts pods = new PodPorts();
  private final Faults faults = new Faults(store::wake);
  private final Map<String, String> usersByToken = new ConcurrentHashMap<>();
  private final Connection connections;
  private final Listener listener;
  // Guarded by the monitor of this.
  private @Nullable Listener tlsListener;
  private volatile WatchRules rules = WatchRules.standard();

  private ApiServer() {
    connections =
        new Connection(
            new Connection.Shared(store, faults, tokens, log, pods, this::user, () -> rules));
    listener = new Listener(connections::serve);
    token(TEST_USER);
    for (String namespace : List.of("default", "kube-system")) {
      makeNamespace(namespace);
    }
  }

  /** Starts at a free port, empty but for the namespaces default and kube-system. */
  public static ApiServer start() {
    ApiServer server = new ApiServer();
    server.listener.start();
    return server;
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /**
   * Listens with TLS as well, once, and writes what a Pod finds of its service account into the
   * folder that is its root.
   *
   * @return the variables of its environment (NAME=VALUE) that say where the API server is
   */
  public synchronized List<String> startForPod(Path root) throws IOException {
    TlsSockets tls = new TlsSockets();
    Path account = root.resolve("var/run/secrets/kubernetes.io/serviceaccount");
    Files.createDirectories(account);
    Files.writeString(account.resolve("token"), token(TEST_USER));
    Files.writeString(account.resolve("ca.crt"), tls.authority());
    Files.writeString(account.resolve("namespace"), "default");
    Listener secure = new Listener(socket -> connections.serve(tls.over(socket)));
    secure.start();
    tlsListener = secure;
    return List.of("KUBERNETES_SERVICE_HOST=127.0.0.1", "KUBERNETES_SERVICE_PORT=" + secure.port());
  }

  /** The bearer token of a user, who has all rights but for the faults. */
  public String token(String user) {
    String token = "token-of-" + user;
    usersByToken.put(token, user);
    return token;
  }

  /** Who signs tokens of Pods. */
  public TokenIssuer tokens() {
    return tokens;
  }

  /** Writes a kubeconfig for the user {@code topology-xds} into a folder. */
  public Path kubeconfig(Path folder) throws IOException {
    return kubeconfig(folder, TEST_USER);
  }

  /** Writes a kubeconfig for a user, whom the request log names, into a folder. */
  public Path kubeconfig(Path folder, String user) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: substitute
        clusters:
        - name: substitute
          cluster: {server: "%s"}
        users:
        - name: %s
          user: {token: "%s"}
        contexts:
        - name: substitute
          context: {cluster: substitute, user: %s}
        """
            .formatted(uri(), user, token(user), user);
    return Files.writeString(folder.resolve(user + ".kubeconfig"), text);
  }

  /**
   * Makes or replaces objects, their status too. Namespaces that are not there are made.
   *
   * @param manifests YAML or JSON, also several documents
   * @throws Refusal as a client would get it
   */
  public void put(String manifests) {
    Manifests.parse(manifests).forEach(this::put);
  }

  /** Makes or replaces an object, as {@link #put(String)}. */
  public void put(ObjectNode object) {
    ObjectKey key = Manifests.key(object);
    makeNamespace(key.namespace());
    writes.put(key, object);
  }

  /**
   * Puts many objects into the store fast, past all rules and defaults: for benchmarks, and for
   * what an older server let in. The objects are taken over and must not be used afterwards.
   */
  public void load(Stream<ObjectNode> objects) {
    objects.forEach(object -> {
      ObjectKey key = Manifests.key(object);
      makeNamespace(key.namespace());
      writes.load(key, object);
    });
  }

  /** The same for manifests: what the API refuses, such as a loopback address, gets in as well. */
  public void load(String manifests) {
    load(Manifests.parse(manifests).stream());
  }

  /** Lets clients write endpoints on loopback, too, where a test's own backends are. */
  public void allowLoopback() {
    store.allowLoopback();
  }

  /** Deletes an object, whoever owns it; the namespace is ignored for kinds without one. */
  public void delete(ResourceKind kind, String namespace, String name) {
    new Deletes(store).delete(new Target(kind, namespace, name, ""), JSON.createObjectNode());
  }

  /** An object as a GET shows it. */
  public Optional<JsonNode> get(ResourceKind kind, String namespace, String name) {
    return Optional.ofNullable(store.find(ObjectKey.of(kind, namespace, name)))
        .map(StoredObject::tree);
  }

  /** All objects of a kind, sorted by namespace and name: what a client must come to know. */
  public List<JsonNode> list(ResourceKind kind) {
    return store.now(kind).objects().values().stream().<JsonNode>map(StoredObject::tree).toList();
  }

  /** Where the ports of Pods lead. */
  public PodPorts pods() {
    return pods;
  }

  /** The resourceVersion of the last write. */
  public long revision() {
    return store.revision();
  }

  /** Forgets all revisions but the current one: older ones are Expired from now on. */
  public void compact() {
    store.compact();
  }

  /** What is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** How watches that begin from now on behave. */
  public void watchRules(WatchRules newRules) {
    rules = newRules;
  }

  /** Ends all open watches. */
  public void endWatches(Ending ending) {
    connections.endWatches(ending);
  }

  /** How many watches are open; one that a client left is not. */
  public int openWatches() {
    return connections.openWatches();
  }

  /** How many connections clients have open. */
  public int openConnections() {
    return listener.openConnections();
  }

  /** Closes all connections and refuses new ones, until {@link #listen}. */
  public void stopListening() {
    listener.stop();
  }

  /** Is there again, at the same port and with the same objects. */
  public void listen() {
    listener.start();
  }

  /** All requests so far, in the order in which they came in. */
  public List<RecordedRequest> requests() {
    return log.entries();
  }

  /** Forgets the requests so far. */
  public void clearRequests() {
    log.clear();
  }

  /** The store, for tests of the substitute itself. */
  Store store() {
    return store;
  }

  /** Puts an object into the store with the resourceVersion that it brings. */
  void restore(ObjectNode object) {
    ObjectKey key = Manifests.key(object);
    makeNamespace(key.namespace());
    writes.restore(key, object);
  }

  @Override
  public synchronized void close() {
    listener.stop();
    if (tlsListener != null) {
      tlsListener.stop();
    }
    endWatches(Ending.CUT);
    faults.clear();
  }

  private String user(Request request) {
    String authorization = request.header("Authorization");
    return authorization.startsWith("Bearer ")
        ? usersByToken.getOrDefault(authorization.substring("Bearer ".length()), "")
        : "";
  }

  private void makeNamespace(String name) {
    ObjectKey key = ObjectKey.of(ResourceKind.NAMESPACES, "", name);
    if (!name.isEmpty() && store.find(key) == null) {
      ObjectNode namespace = JSON.createObjectNode();
      namespace.put("apiVersion", "v1").put("kind", "Namespace");
      namespace.putObject("metadata").put("name", name);
      writes.put(key, namespace);
    }
  }
}
