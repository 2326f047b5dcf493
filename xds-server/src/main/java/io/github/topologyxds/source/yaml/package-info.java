/**
 * YAML and JSON with line numbers, and their binding to Kubernetes' classes with findings instead
 * of exceptions.
 */
@NullMarked
package io.github.topologyxds.source.yaml;

import org.jspecify.annotations.NullMarked;
