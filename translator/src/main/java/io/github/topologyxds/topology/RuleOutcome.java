package io.github.topologyxds.topology;

/**
 * What one rule did for one client.
 *
 * @param facts what it looked at; without text and numbers where it was not asked
 */
public record RuleOutcome(Rule rule, Result result, RuleFacts facts) {
  /** What became of a rule. The names are stable: JSON prints them. */
  public enum Result {
    /** It does not apply: the next one is asked. */
    PASSED,
    /** It decides. */
    DECIDED,
    /** An earlier one has decided. */
    NOT_ASKED,
    /** It changes what the decision has selected ({@link TrafficRule}). */
    APPLIED
  }
}
