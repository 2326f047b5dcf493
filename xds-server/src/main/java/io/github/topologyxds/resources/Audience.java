package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.resources.visibility.Sight;

/**
 * Clients that get the same answer to the same question, as far as it depends on no more of them:
 * see {@link ClientResources#isShared}.
 *
 * @param scope the Services that they call
 * @param sight those of them that they see
 * @param view what of their place matters
 */
public record Audience(ClientKind kind, ServiceScope scope, Sight sight, ClientView view) {}
