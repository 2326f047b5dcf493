package io.github.topologyxds.model.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectReferenceTest {
  private static final ObjectName CART = new ObjectName("shop", "cart");

  @Test
  void shouldReadAsKubectlWritesIt() {
    assertThat(ObjectKey.service(CART)).hasToString("Service shop/cart");
    assertThat(ObjectKey.slice(CART)).hasToString("EndpointSlice shop/cart");
    assertThat(ObjectKey.namespace("shop")).hasToString("Namespace shop");
    assertThat(new ObjectKey(ObjectKind.NODE, new ObjectName("", "a"))).hasToString("Node a");
    assertThat(new FilePlace("x.yaml", 4)).hasToString("File x.yaml:4");
    assertThat(FilePlace.of("x.yaml")).hasToString("File x.yaml");
  }

  @Test
  void shouldBeSafeToPrintWhateverAFileHolds() {
    assertThat(ObjectKey.service(new ObjectName("a\nb", "c".repeat(300))))
        .hasToString("Service a?b/" + "c".repeat(253) + "…");
    assertThat(ObjectKey.service(new ObjectName("default", ""))).hasToString("Service default/?");
  }

  @Test
  void shouldSortFindingsAsTheyRead() {
    List<Finding> sorted =
        Stream.of(
                ObjectKey.service(CART),
                FilePlace.of("x.yaml"),
                ObjectKey.namespace("shop"),
                ObjectKey.service(new ObjectName("shop-b", "a")),
                ObjectKey.slice(CART))
            .map(object -> Finding.of(Reason.FIELD_VALUE, object, "x"))
            .sorted()
            .toList();
    assertThat(sorted)
        .extracting(finding -> finding.object().toString())
        .containsExactly(
            "EndpointSlice shop/cart",
            "File x.yaml",
            "Namespace shop",
            "Service shop-b/a",
            "Service shop/cart");
  }
}
