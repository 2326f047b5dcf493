package io.github.topologyxds.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import org.slf4j.Logger;

/** What calls a logger names no reason and reads no finding; quoting a text is no finding. */
final class LogsNoFinding extends ArchCondition<JavaCodeUnit> {
  LogsNoFinding() {
    super("log no finding by themselves");
  }

  @Override
  public void check(JavaCodeUnit unit, ConditionEvents events) {
    boolean logs =
        unit.getAccessesFromSelf().stream()
            .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Logger.class));
    for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
      if (logs && isOfAFinding(access)) {
        events.add(SimpleConditionEvent.violated(unit, access.getDescription()));
      }
    }
  }

  private static boolean isOfAFinding(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(Reason.class)
        || (access.getTargetOwner().isEquivalentTo(Finding.class)
            && !access.getTarget().getName().equals("quote"));
  }
}
