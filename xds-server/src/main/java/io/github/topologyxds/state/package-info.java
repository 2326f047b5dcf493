/**
 * What all sources together say: changes go in, the state of each Service comes out, with what only
 * memory knows (which endpoints were ready before, the zones of Nodes that are gone). One thread
 * owns it; nothing of fabric8 is here.
 */
@NullMarked
package io.github.topologyxds.state;

import org.jspecify.annotations.NullMarked;
