/** The manifests of the folder deploy, judged without a cluster. */
@NullMarked
package io.github.topologyxds.deploy;

import org.jspecify.annotations.NullMarked;
