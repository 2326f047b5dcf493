package io.github.topologyxds.csds;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.github.topologyxds.model.finding.Finding;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Envoy's matcher of strings ({@code envoy.type.matcher.v3.StringMatcher}). */
final class StringMatching {
  /** A node's id may be that long; a pattern for it need not be longer. */
  private static final int MAX_REGEX_LENGTH = 1_000;

  /** A counted repetition is written out, and one in another multiplies. */
  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(?:\\d*,)?(\\d+),?\\}");

  private static final int MAX_REPETITIONS = 1_000;

  private StringMatching() {}

  /**
   * Returns what a matcher says.
   *
   * @throws InvalidMatcherException when it says nothing, or what is not supported
   */
  static Predicate<String> of(StringMatcher matcher) throws InvalidMatcherException {
    return switch (matcher.getMatchPatternCase()) {
      case EXACT -> comparing(matcher, matcher.getExact(), String::equals);
      case PREFIX -> comparing(matcher, matcher.getPrefix(), String::startsWith);
      case SUFFIX -> comparing(matcher, matcher.getSuffix(), String::endsWith);
      case CONTAINS -> comparing(matcher, matcher.getContains(), String::contains);
      case SAFE_REGEX -> regex(matcher.getSafeRegex().getRegex());
      case CUSTOM -> throw new InvalidMatcherException("a custom matcher is not supported");
      case MATCHPATTERN_NOT_SET -> throw new InvalidMatcherException("a string matcher is empty");
    };
  }

  private static Predicate<String> comparing(
      StringMatcher matcher, String pattern, BiPredicate<String, String> comparison) {
    if (!matcher.getIgnoreCase()) {
      return value -> comparison.test(value, pattern);
    }
    String lower = pattern.toLowerCase(Locale.ROOT);
    return value -> comparison.test(value.toLowerCase(Locale.ROOT), lower);
  }

  /** The whole value must match, as in Envoy; RE2 takes time linear in it. */
  private static Predicate<String> regex(String regex) throws InvalidMatcherException {
    if (regex.isEmpty() || regex.length() > MAX_REGEX_LENGTH) {
      throw new InvalidMatcherException("a regex has 1 to " + MAX_REGEX_LENGTH + " characters");
    }
    if (repetitions(regex) > MAX_REPETITIONS) {
      throw new InvalidMatcherException("'" + Finding.quote(regex) + "' repeats too much");
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      return pattern::matches;
    } catch (PatternSyntaxException e) {
      throw new InvalidMatcherException(
          "'" + Finding.quote(regex) + "' is no RE2 expression: " + e.getDescription());
    }
  }

  /** Returns how often one thing is repeated at most, were each repetition inside the next. */
  private static long repetitions(String regex) {
    return REPETITION
        .matcher(regex)
        .results()
        .map(found -> found.group(1))
        .mapToLong(count -> count.length() > 4 ? MAX_REPETITIONS + 1L : Long.parseLong(count))
        .reduce(1, (all, count) -> Math.min(MAX_REPETITIONS + 1L, all * Math.max(1, count)));
  }
}
