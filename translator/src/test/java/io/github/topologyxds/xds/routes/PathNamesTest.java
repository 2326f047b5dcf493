package io.github.topologyxds.xds.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that Contour's Envoys ask for. */
class PathNamesTest {
  @ParameterizedTest
  @CsvSource({
    "shop/cart:http, shop/cart/http",
    "shop/cart:8080, shop/cart",
    "shop/cart:p80, shop/cart/p80",
  })
  void areThoseOfPorts(String clusterName, String path) {
    assertThat(PathNames.of(clusterName)).isEqualTo(path);
    assertThat(PathNames.isPath(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "cart",
        "/cart",
        "shop/",
        "shop//http",
        "shop/cart/",
        "a/b/c/d",
        "shop/cart:http",
        "//cart.shop",
        "//cart.shop:80",
        "outbound",
      })
  void areNoOthers(String name) {
    assertThat(PathNames.isPath(name)).isFalse();
  }
}
