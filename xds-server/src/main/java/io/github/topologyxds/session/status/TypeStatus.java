package io.github.topologyxds.session.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one resource type has got with a client.
 *
 * @param names how many names the client asks for, is told of, or has
 * @param wildcard whether it asks for all there are
 * @param sent the last response; null: none yet
 * @param accepted the last response that the client acknowledged (ACK); null: none yet
 * @param lastNack the last response that it refused (NACK); null: none yet
 * @param quarantined names whose content of now it has refused, sorted: it is not sent that again
 */
public record TypeStatus(
    SyncState state,
    int names,
    boolean wildcard,
    @Nullable Response sent,
    @Nullable Response accepted,
    @Nullable LastNack lastNack,
    List<String> quarantined) {
  /** The status of a type that the client has not asked for. */
  public static final TypeStatus NOT_ASKED =
      new TypeStatus(new SyncState.NotAsked(), 0, false, null, null, null, List.of());

  /**
   * A response.
   *
   * @param version of the response as a whole
   * @param time when it was sent, or accepted
   */
  public record Response(String version, Instant time) {}

  /**
   * A refused response.
   *
   * @param error the client's words, cut where they are long
   */
  public record LastNack(String version, Instant time, String error) {}

  public TypeStatus {
    quarantined = List.copyOf(quarantined);
  }
}
