/** The web page: files that the API's port serves, and the headers that bound what they may do. */
@NullMarked
package io.github.topologyxds.page;

import org.jspecify.annotations.NullMarked;
