/** The manifests of the folder deploy, judged without a cluster. */
@NullMarked
package io.github.topologyxds.e2e.deploy;

import org.jspecify.annotations.NullMarked;
