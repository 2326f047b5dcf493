package io.github.topologyxds.subscription;

import java.util.List;

/**
 * What a state-of-the-world request says of its subscriptions.
 *
 * @param names all that the client wants by name; may hold {@link
 *     DeltaSubscriptionRequest#WILDCARD}
 * @param resumes whether it says that it has some version of what it asks for
 */
public record SotwSubscriptionRequest(List<String> names, boolean resumes) {}
