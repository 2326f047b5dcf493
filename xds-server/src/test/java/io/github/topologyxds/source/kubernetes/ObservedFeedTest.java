package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedFeedTest {
  private static final Feed NODES = new Feed(WatchedKind.NODE, "");

  private final List<ObjectChange> changes = new ArrayList<>();
  private final ObservedFeed.Out out =
      new ObservedFeed.Out() {
        @Override
        public void changed(ObjectChange change) {
          changes.add(change);
        }

        @Override
        public void found(ObjectKey key, List<Finding> findings) {
          throw new AssertionError("nothing is odd: " + findings);
        }

        @Override
        public void differs(Feed feed, String what) {
          throw new AssertionError(feed + " is as the watch told: " + what);
        }
      };

  private static ObjectKey key(int number) {
    return new ObjectKey(ObjectKind.NODE, new ObjectName("", "n" + number));
  }

  private static Observation old(int number) {
    NodeModel model = new NodeModel("n" + number, "z", "");
    return new Observation.Changed(
        NODES,
        new ObservedObject(
            key(number),
            "u",
            new ResourceVersion("20"),
            new MappedObject.Accepted(new ModelObject.OfNode(model), List.of())));
  }

  /** Without bookmarks nothing else would ever be forgotten. */
  @Test
  void theMemoryOfWhatIsGoneHasAnEnd() {
    ObservedFeed feed = new ObservedFeed();
    feed.apply(new Observation.Listed(NODES, new ResourceVersion("10"), List.of()), out);
    for (int i = 0; i <= ObservedFeed.MAX_DELETED; i++) {
      feed.apply(new Observation.Deleted(NODES, key(i), new ResourceVersion("30")), out);
    }
    feed.apply(old(1), out);
    assertThat(changes).as("remembered").isEmpty();
    feed.apply(old(0), out);
    assertThat(changes).as("the longest gone is forgotten").hasSize(1);
  }
}
