/**
 * What the routing rules read: immutable records of Services, EndpointSlices, Nodes and Namespaces,
 * with every null rule of the Kubernetes API already applied, and the reason codes and findings
 * that the rules return.
 */
@NullMarked
package io.github.topologyxds.model;

import org.jspecify.annotations.NullMarked;
