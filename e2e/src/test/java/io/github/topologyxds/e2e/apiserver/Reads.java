package io.github.topologyxds.e2e.apiserver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** GET and LIST. */
final class Reads {
  private final Store store;

  Reads(Store store) {
    this.store = store;
  }

  byte[] get(Target target) {
    StoredObject found = store.find(target.key());
    if (found == null) {
      throw Refusal.notFound(target.kind(), target.name());
    }
    return found.whole();
  }

  byte[] list(Target target, Map<String, String> query) {
    Selection selection = Selection.of(target, query);
    int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
    String token = query.getOrDefault("continue", "");
    String version = query.getOrDefault("resourceVersion", "");
    Page page = new Page(Page.NOW, "");
    Store.Snapshot snapshot;
    if (token.isEmpty()) {
      snapshot = moment(target.kind(), version, query.getOrDefault("resourceVersionMatch", ""));
      if (version.equals("0")) {
        // Answered from the watch cache, which takes no notice of a limit.
        limit = 0;
      }
    } else {
      page = Page.parse(token);
      snapshot = moment(target.kind(), page);
    }
    return answer(target.kind(), selection, limit, page, snapshot);
  }

  private Store.Snapshot moment(ResourceKind kind, String version, String match) {
    if (version.isEmpty() || version.equals("0")) {
      return store.now(kind);
    }
    long asked = Long.parseLong(version);
    if (asked > store.revision()) {
      throw Refusal.tooLarge(asked, store.revision());
    }
    if (!match.equals("Exact")) {
      return store.now(kind);
    }
    Store.Snapshot then = store.at(kind, asked);
    if (then == null) {
      throw Refusal.listExpired();
    }
    return then;
  }

  private Store.Snapshot moment(ResourceKind kind, Page page) {
    if (page.revision() == Page.NOW) {
      return store.now(kind);
    }
    Store.Snapshot then = store.at(kind, page.revision());
    if (then == null) {
      throw Refusal.continueExpired(new Page(Page.NOW, page.start()).token());
    }
    return then;
  }

  private static byte[] answer(
      ResourceKind kind, Selection selection, int limit, Page page, Store.Snapshot snapshot) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    StoredObject last = null;
    int taken = 0;
    int left = 0;
    for (StoredObject object : snapshot.objects().tailMap(page.start()).values()) {
      if (!selection.selects(object)) {
        continue;
      }
      if (limit > 0 && taken == limit) {
        left++;
        continue;
      }
      if (taken > 0) {
        items.write(',');
      }
      items.writeBytes(object.item());
      last = object;
      taken++;
    }
    String rest = "";
    if (last != null && left > 0) {
      rest = ",\"continue\":\"" + Page.after(last.key(), snapshot.revision()).token() + "\"";
      if (!selection.filtered()) {
        rest += ",\"remainingItemCount\":" + left;
      }
    }
    String head =
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%d\"%s},\"items\":["
            .formatted(kind.kind(), kind.apiVersion(), snapshot.revision(), rest);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + items.size() + 2);
    whole.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(items.toByteArray());
    whole.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }
}
