package io.github.topologyxds.subscription;

/**
 * What the streams of a thread share of one type, for one of them.
 *
 * @param subscribers who subscribes to what
 * @param session the number of the stream's session in the index
 * @param initialResponses what others that asked the same were answered first
 * @param responseBytes see {@link PushLimits}
 */
public record SharedIndex(
    SubscriberIndex subscribers,
    int session,
    InitialResponseCache initialResponses,
    int responseBytes) {}
