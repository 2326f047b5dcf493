/**
 * Why a client gets what it gets, and what share of its requests each endpoint can expect: {@link
 * io.github.topologyxds.explanation.Explanation}. Everything here is asked of the code that makes
 * what is pushed ({@code topology}, {@code xds}); no rule is written a second time. What is not our
 * code is Envoy's arithmetic, which {@link io.github.topologyxds.explanation.ExpectedShare} models.
 */
@NullMarked
package io.github.topologyxds.explanation;

import org.jspecify.annotations.NullMarked;
