package io.github.topologyxds.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that a server proves with who it is, all PEM.
 *
 * @param certificate its chain, its own certificate first
 * @param key the private key of that certificate, not encrypted
 * @param clientCa who must have signed a client's certificate; null: clients need none
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCa) {}
