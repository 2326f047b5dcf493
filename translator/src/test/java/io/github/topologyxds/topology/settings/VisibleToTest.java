package io.github.topologyxds.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleToTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"*|*", ".|.", "web|web", "web,data|data,web", "'web , data'|data,web"})
  void readsWhatUsersMayWrite(String value, String label) {
    assertThat(VisibleTo.parse(value)).map(VisibleTo::label).hasValue(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*,web",
        ".,web",
        "web,",
        ",",
        "Web",
        "web;data",
        "w*",
        "-",
        "**",
        "../a"
      })
  void readsNothingElse(String value) {
    assertThat(VisibleTo.parse(value)).isEmpty();
  }

  @Test
  void listsAreLimited() {
    assertThat(VisibleTo.parse(String.join(",", Collections.nCopies(101, "web")))).isEmpty();
    assertThat(VisibleTo.parse(namespaces(100))).isPresent();
    assertThat(VisibleTo.parse(namespaces(101))).isEmpty();
  }

  private static String namespaces(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource({"*,other,true", "*,'',true", ".,other,false", ".,'',false", ".,shop,true"})
  void theOwnNamespaceAlwaysSees(String value, String client, boolean sees) {
    Visibility visibility =
        new Visibility("shop", Setting.ofServer(VisibleTo.parse(value).orElseThrow()));
    assertThat(visibility.includes(client)).isEqualTo(sees);
  }
}
