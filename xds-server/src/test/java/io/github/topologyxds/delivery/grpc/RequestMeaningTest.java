package io.github.topologyxds.delivery.grpc;

import static io.github.topologyxds.delivery.SmallWorld.cluster;

import java.util.List;

/**
 * What a first and a later request of a type mean: the table of docs/envoy.md, by both variants and
 * both kinds of services. What a client is subscribed to is seen by what it is told of next.
 */
class RequestMeaningTest {
  private static final String A = cluster("a");
  private static final String B = cluster("b");
  private static final String LATE = cluster("late");
  private static final String MARKER = "shop/marker:http";

  /** Which service carries the stream. */
  enum Carrier {
    AGGREGATED,
    SINGLE_TYPE
  }

  /** Names of a request, and what is answered to it; null: nothing. */
  private record Step(List<String> more, List<String> fewer, List<String> answer) {}

  private static Step names(String... names) {
    return new Step(List.of(names), List.of(), List.of());
  }

  /** State-of-the-world: what each request lists. */
  enum Listed {
    NOTHING_IS_ALL(true, names()),
    THE_STAR_IS_ALL(true, names("*")),
    THE_STAR_AND_A_NAME(true, names("*", A)),
    NAMES_ARE_THESE(false, names(A)),
    NOTHING_TWICE_IS_STILL_ALL(true, names(), names()),
    A_NAME_ENDS_ALL(false, names(), names(A)),
    NOTHING_AFTER_THE_STAR_IS_NOTHING(false, names("*"), names()),
    NOTHING_AFTER_A_NAME_IS_NOTHING(false, names(A), names()),
    NOTHING_AFTER_ALL_AND_A_NAME_IS_NOTHING(false, names(), names(A), names()),
    THE_STAR_AFTER_NOTHING_AT_ALL(true, names(A), names(), names("*")),
    AN_EMPTY_NAME_IS_NOT_ALL(false, names("")),
    A_LOCATOR_IS_A_NAME(false, names("locator:" + A));

    private final boolean all;
    private final List<Step> steps;

    Listed(boolean all, Step... steps) {
      this.all = all;
      this.steps = List.of(steps);
    }
  }

  private static Step without(String... names) {
    return new Step(List.of(), List.of(names), List.of());
  }

  /** Delta: what each request adds and takes away. */
  enum Changed {
    NOTHING_IS_ALL(true, names()),
    THE_STAR_IS_ALL(true, names("*")),
    NAMES_ARE_THESE(false, names(A)),
    A_LATER_NAME_ENDS_NOTHING(true, names(), names(A)),
    A_NAME_GIVEN_UP_ENDS_NOT_ALL(true, names(), names(A), without(A)),
    THE_STAR_GIVEN_UP_LEAVES_THE_NAME(false, names("*", A), without("*")),
    ALL_GIVEN_UP_BY_THE_STAR(false, names(), without("*")),
    ONLY_GIVING_UP_IS_NOT_ALL(false, without(A)),
    ONLY_GIVING_UP_THE_STAR_IS_NOT_ALL(false, without("*")),
    NOTHING_AFTER_GIVING_UP_IS_NOT_ALL(false, without(A), names()),
    AN_EMPTY_NAME_IS_NOT_ALL(false, names("")),
    A_LOCATOR_IS_A_NAME(false, names("locator:" + A)),
    A_LOCATOR_GIVEN_UP_IS_NOT_ALL(false, without("locator:" + A));

    private final boolean all;
    private final List<Step> steps;

    Changed(boolean all, Step... steps) {
      this.all = all;
      this.steps = List.of(steps);
    }
  }
}
