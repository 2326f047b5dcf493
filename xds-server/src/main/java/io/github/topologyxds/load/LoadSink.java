package io.github.topologyxds.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where what was reported goes. Any thread. */
public interface LoadSink {
  /** One that keeps nothing. */
  LoadSink NOWHERE =
      new LoadSink() {
        @Override
        public CompletionStage<Void> add(ReportIntake.Taken report) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void opened() {}

        @Override
        public void closed() {}
      };

  /** Adds what came of a report; done when it counts. */
  CompletionStage<Void> add(ReportIntake.Taken report);

  /** A stream of reports is open. */
  void opened();

  /** It is over. */
  void closed();
}
