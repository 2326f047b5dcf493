/** Tests of emptying a zone by the command line. */
@NullMarked
package io.github.topologyxds.cli.evacuate;

import org.jspecify.annotations.NullMarked;
