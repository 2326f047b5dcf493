package io.github.topologyxds.kubernetes;

import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A file with a token that somebody renews, such as a Pod's: it is read again every minute, as
 * client-go does.
 */
record TokenFile(Path path) implements RenewedCredential.Origin {
  private static final Duration READ_EVERY = Duration.ofMinutes(1);

  @Override
  public RenewedCredential.Given given() throws SourceException {
    try {
      String text = Files.readString(path).strip();
      if (text.isEmpty()) {
        throw new SourceException("the token file " + path + " is empty");
      }
      if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new SourceException("the token file " + path + " holds something else than a token");
      }
      return new RenewedCredential.Given(
          Credential.Proof.bearer(text), Instant.now().plus(READ_EVERY));
    } catch (NoSuchFileException e) {
      throw new SourceException("there is no token file " + path);
    } catch (IOException e) {
      throw new SourceException("the token file " + path + " cannot be read");
    }
  }
}
