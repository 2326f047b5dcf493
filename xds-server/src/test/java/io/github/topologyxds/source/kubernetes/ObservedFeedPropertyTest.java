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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is repeated, delayed or re-ordered on the way, in the end we hold what the server holds;
 * and what was handed over, applied in order, gives the same.
 */
class ObservedFeedPropertyTest {
  private static final int SEEDS = 10_000;
  private static final Feed NODES = new Feed(WatchedKind.NODE, "");

  @Test
  void endsWithWhatTheServerHolds() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Server server = new Server(random);
      ObservedFeed feed = new ObservedFeed();
      Applied applied = new Applied();
      feed.apply(server.list(), applied);
      List<Observation> told = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        List<Observation> events = server.change(1 + random.nextInt(8));
        told.addAll(events);
        disorder(events, told, random).forEach(event -> feed.apply(event, applied));
        if (random.nextInt(3) == 0) {
          Observation bookmark = new Observation.Reached(NODES, server.version());
          feed.apply(bookmark, applied);
          told.add(bookmark);
        } else if (random.nextInt(4) == 0) {
          feed.apply(server.list(), applied);
        } else if (random.nextInt(3) == 0) {
          // What has not been told yet is no difference.
          List<Observation> late = server.change(random.nextInt(3));
          feed.apply(server.compared(), applied);
          told.addAll(late);
          late.forEach(event -> feed.apply(event, applied));
          feed.apply(new Observation.Reached(NODES, server.version()), applied);
        }
      }
      assertThat(applied.zones).as("seed " + seed).isEqualTo(server.zones());
    }
  }

  /** Every event at least once, some again, old ones among them, in any order. */
  private static List<Observation> disorder(
      List<Observation> events, List<Observation> told, Random random) {
    List<Observation> out = new ArrayList<>(events);
    for (int i = random.nextInt(6); i > 0; i--) {
      out.add(told.get(random.nextInt(told.size())));
    }
    java.util.Collections.shuffle(out, random);
    return out;
  }

  /** What a reader of the changes ends up with. */
  private static final class Applied implements ObservedFeed.Out {
    final TreeMap<String, String> zones = new TreeMap<>();

    @Override
    public void changed(ObjectChange change) {
      switch (change) {
        case ObjectChange.Put(ModelObject.OfNode(NodeModel node)) ->
            zones.put(node.name(), node.zone());
        case ObjectChange.Delete(ObjectKey key) -> zones.remove(key.name().name());
        case ObjectChange.Put put -> throw new AssertionError("no Node: " + put);
      }
    }

    @Override
    public void found(ObjectKey key, List<Finding> findings) {
      throw new AssertionError("nothing is odd: " + findings);
    }

    @Override
    public void differs(Feed feed, String what) {
      throw new AssertionError(what);
    }
  }

  /** The truth: a few names, made, changed, deleted and made again under another uid. */
  private static final class Server {
    private static final int NAMES = 4;

    private final Random random;
    private final Map<String, ObservedObject> objects = new HashMap<>();
    // Begins where the number of digits grows, so that versions are not compared as text.
    private long version = 95;

    Server(Random random) {
      this.random = random;
      change(3);
    }

    List<Observation> change(int count) {
      List<Observation> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = "n" + random.nextInt(NAMES);
        version++;
        if (objects.containsKey(name) && random.nextInt(3) == 0) {
          ObservedObject gone = objects.remove(name);
          events.add(new Observation.Deleted(NODES, gone.key(), version()));
        } else {
          ObservedObject made = object(name, "z" + random.nextInt(3));
          objects.put(name, made);
          events.add(new Observation.Changed(NODES, made));
        }
      }
      return events;
    }

    Observation compared() {
      return new Observation.Compared(
          NODES,
          version(),
          objects.values().stream()
              .map(o -> new ObjectIdentity(o.key(), o.uid(), o.version()))
              .toList());
    }

    private ObservedObject object(String name, String zone) {
      NodeModel model = new NodeModel(name, zone, "");
      return new ObservedObject(
          new ObjectKey(ObjectKind.NODE, new ObjectName("", name)),
          "uid",
          version(),
          new MappedObject.Accepted(new ModelObject.OfNode(model), List.of()));
    }

    Observation list() {
      return new Observation.Listed(NODES, version(), List.copyOf(objects.values()));
    }

    ResourceVersion version() {
      return new ResourceVersion(Long.toString(version));
    }

    Map<String, String> zones() {
      TreeMap<String, String> zones = new TreeMap<>();
      objects.forEach((name, object) -> {
        if (object.mapped() instanceof MappedObject.Accepted(ModelObject.OfNode(var node), var f)) {
          zones.put(name, node.zone());
        }
      });
      return zones;
    }
  }
}
