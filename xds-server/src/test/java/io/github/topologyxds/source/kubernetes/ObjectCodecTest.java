package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.topologyxds.state.ResourceVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCodecTest {
  private static final Feed SLICES = new Feed(WatchedKind.SLICE, "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "{\"items\":[]}",
        "{\"metadata\":{},\"items\":[]}",
        "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":7}",
        "Too many requests"
      })
  void whatIsNoListIsUnreadable(String json) {
    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class,
            () -> ObjectCodec.page(WatchedKind.SLICE, json.getBytes(StandardCharsets.UTF_8)));
    assertThat(failure.kind()).isEqualTo(ApiFailure.Kind.UNREADABLE);
  }

  @Test
  void anEmptyListMayHaveNoItems() throws ApiFailure {
    String json = "{\"metadata\":{\"resourceVersion\":\"5\",\"continue\":\"abc\"},\"items\":null}";
    ObjectCodec.Page page =
        ObjectCodec.page(WatchedKind.SLICE, json.getBytes(StandardCharsets.UTF_8));
    assertThat(page.objects()).isEmpty();
    assertThat(page.next()).isEqualTo("abc");
    assertThat(page.version()).isEqualTo(new ResourceVersion("5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}} | GONE",
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":504}} | UNAVAILABLE",
        "{\"type\":\"ERROR\",\"object\":{}} | UNREADABLE",
        "{\"type\":\"ODD\",\"object\":{}} | UNREADABLE",
        "{\"type\":\"ADDED\",\"obj | UNREADABLE",
        "7 | UNREADABLE"
      })
  void whatIsNoEventFails(String line, ApiFailure.Kind kind) {
    ApiFailure failure =
        catchThrowableOfType(ApiFailure.class, () -> ObjectCodec.event(SLICES, line));
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void aBookmarkTellsHowFarItIs() throws ApiFailure {
    String line = "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"99\"}}}";
    assertThat(ObjectCodec.event(SLICES, line))
        .isEqualTo(new Observation.Reached(SLICES, new ResourceVersion("99")));
  }
}
