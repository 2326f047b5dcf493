package io.github.topologyxds.api;

import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.explanation.WhatIfText;
import java.util.List;

/** {@code what-if=CHANGE,..}: changes that have not happened, as the commands' flag has them. */
final class WhatIfParameter {
  static final String NAME = "what-if";

  private WhatIfParameter() {}

  static List<WhatIf> of(ApiRequest request) {
    try {
      return WhatIfText.parse(request.parameter(NAME).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new ApiFailure(ApiFailure.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
