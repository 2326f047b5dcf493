package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.topologyxds.model.names.LabelNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The slices of a test's namespace, by a client that shares nothing with the product. */
record SliceObserver(KubernetesClient client, String namespace, String managedBy) {
  List<EndpointSlice> all() {
    return client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems();
  }

  List<EndpointSlice> ours() {
    return all().stream()
        .filter(slice -> isOurs(slice))
        .sorted(Comparator.comparing(slice -> slice.getMetadata().getName()))
        .toList();
  }

  private boolean isOurs(EndpointSlice slice) {
    Map<String, String> labels = slice.getMetadata().getLabels();
    return labels != null && managedBy.equals(labels.get(LabelNames.MANAGED_BY));
  }

  /** Returns the addresses that stand in our slices; one that stands twice is written twice. */
  List<String> addresses() {
    return ours().stream()
        .flatMap(slice -> slice.getEndpoints() == null ? null : slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .sorted()
        .toList();
  }

  /** Returns the slices of ours of one Service and family: "IPv4" or "IPv6". */
  List<EndpointSlice> ours(String service, String addressType) {
    return ours().stream()
        .filter(slice -> slice.getAddressType().equals(addressType))
        .filter(
            slice -> service.equals(slice.getMetadata().getLabels().get(LabelNames.SERVICE_NAME)))
        .toList();
  }

  /** Returns what must stay as it is: everybody else's slices and their versions. */
  SortedMap<String, String> versionsOfOthers() {
    SortedMap<String, String> versions = new TreeMap<>();
    for (EndpointSlice slice : all()) {
      if (!isOurs(slice)) {
        versions.put(slice.getMetadata().getName(), slice.getMetadata().getResourceVersion());
      }
    }
    return versions;
  }

  /** Returns the versions of our slices. */
  List<String> versions() {
    return ours().stream().map(slice -> slice.getMetadata().getResourceVersion()).toList();
  }

  /** Returns the versions of those of these slices that there are. */
  SortedMap<String, String> versionsOf(String... names) {
    SortedMap<String, String> versions = new TreeMap<>();
    all().stream()
        .map(EndpointSlice::getMetadata)
        .filter(metadata -> List.of(names).contains(metadata.getName()))
        .forEach(metadata -> versions.put(metadata.getName(), metadata.getResourceVersion()));
    return versions;
  }

  SortedSet<String> ownerUids() {
    SortedSet<String> uids = new TreeSet<>();
    ours().forEach(slice -> uids.add(slice.getMetadata().getOwnerReferences().getFirst().getUid()));
    return uids;
  }

  String uidOf(String service) {
    HasMetadata found = client.services().inNamespace(namespace).withName(service).require();
    return found.getMetadata().getUid();
  }

  void edit(EndpointSlice slice, UnaryOperator<EndpointSlice> change) {
    client.resource(change.apply(get(slice.getMetadata().getName()))).update();
  }

  EndpointSlice get(String name) {
    return client.discovery().v1().endpointSlices().inNamespace(namespace).withName(name).require();
  }

  void delete(EndpointSlice slice) {
    client.resource(slice).delete();
  }

  String leaseHolder(String name) {
    var lease = client.leases().inNamespace(namespace).withName(name).get();
    String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> "topology-xds".equals(event.getSource().getComponent()))
        .map(event -> event.getReason() + " " + event.getInvolvedObject().getName())
        .toList();
  }
}
