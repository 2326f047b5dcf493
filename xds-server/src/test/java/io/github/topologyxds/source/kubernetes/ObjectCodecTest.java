package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.state.ResourceVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
        "{\"kind\":\"ServiceList\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}",
        "{\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[]}",
        "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[{\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"}}]}",
        "{\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[{\"metadata\":7},{\"kind\":\"Secret\"}]}",
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
        "7 | UNREADABLE",
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\"}}} | UNREADABLE",
        "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"EndpointSlice\",\"apiVersion\":\"discovery.k8s.io/v1beta1\"}} | UNREADABLE",
        "{\"type\":\"DELETED\",\"object\":{\"kind\":\"Service\",\"apiVersion\":\"discovery.k8s.io/v1\"}} | UNREADABLE",
        "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Service\",\"metadata\":{\"resourceVersion\":\"9\"}}} | UNREADABLE"
      })
  void whatIsNoEventFails(String line, ApiFailure.Kind kind) {
    ApiFailure failure =
        catchThrowableOfType(ApiFailure.class, () -> ObjectCodec.event(SLICES, line));
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource(WatchedKind.class)
  void everyKindIsTakenUnderItsOwnNameAndUnderNone(WatchedKind kind) throws ApiFailure {
    Feed feed = new Feed(kind, "");
    String named =
        "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"name\":\"x\"}}"
            .formatted(kind.kind().label(), kind.kind().apiVersion());
    for (String object : List.of(named, "{\"metadata\":{\"name\":\"x\"}}")) {
      String event = "{\"type\":\"ADDED\",\"object\":%s}".formatted(object);
      assertThat(ObjectCodec.event(feed, event)).isInstanceOf(Observation.Changed.class);
      String list =
          "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[%s]}"
              .formatted(kind.kind().label(), kind.kind().apiVersion(), object);
      byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
      assertThat(ObjectCodec.page(kind, bytes).objects()).hasSize(1);
      assertThat(MetadataList.read(kind, bytes).objects()).hasSize(1);
    }
  }

  @Test
  void aBookmarkTellsHowFarItIs() throws ApiFailure {
    String line = "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"99\"}}}";
    assertThat(ObjectCodec.event(SLICES, line))
        .isEqualTo(new Observation.Reached(SLICES, new ResourceVersion("99")));
  }
}
