package io.github.topologyxds.grpc.wire;

import com.google.protobuf.ByteString;
import io.github.topologyxds.subscription.SotwSubscriptionRequest.Earlier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request of either protocol variant says.
 *
 * @param node the encoded node; null when the request has none
 * @param nonce "" for none
 * @param error why the client refuses the response with this nonce; null when it does not
 * @param names asked for: all of them in state-of-the-world, more of them in delta
 * @param unsubscribed delta
 * @param versions delta: what the client has from an earlier stream
 * @param earlier state-of-the-world: what the client has already of what it asks for
 * @param list state-of-the-world: the names as encoded; null when there are none, or scattered
 * @param unchanged state-of-the-world: the names are those of {@code list}, and were not read
 */
public record DiscoveryRequestFields(
    @Nullable ByteString node,
    String typeUrl,
    String nonce,
    @Nullable ByteString error,
    List<String> names,
    List<String> unsubscribed,
    Map<String, String> versions,
    Earlier earlier,
    @Nullable NameList list,
    boolean unchanged) {}
