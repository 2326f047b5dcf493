package io.github.topologyxds.explain.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.github.topologyxds.explain.Translation;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.state.findings.FindingJson;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.xds.resource.PackedMessages;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a translation as one JSON object; Envoy's resources in proto3's own JSON. */
public final class TranslationJson {
  private static final JsonFormat.Printer PROTO3 =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(TypeRegistry.newBuilder().add(PackedMessages.descriptors()).build());

  private final ObjectMapper mapper;

  /** Takes the mapper that decides between JSON and YAML. */
  public TranslationJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns the whole document as text. */
  public String write(Translation translation) {
    ObjectNode root = mapper.createObjectNode();
    addAll(root.putArray("clusters"), translation.clusters());
    addAll(root.putArray("endpoints"), translation.endpoints());
    addAll(root.putArray("routes"), translation.routes());
    addAll(root.putArray("listeners"), translation.listeners());
    ArrayNode decisions = root.putArray("decisions");
    translation.decisions().forEach(decision -> add(decisions.addObject(), decision));
    FindingJson.addTo(root.putArray("findings"), translation.findings());
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private void addAll(ArrayNode array, List<? extends Message> messages) {
    for (Message message : messages) {
      try {
        array.add(mapper.readTree(PROTO3.print(message)));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a type of ours is missing in the registry", e);
      }
    }
  }

  private static void add(ObjectNode node, Explanation explanation) {
    Decision decision = explanation.decision();
    node.put("cluster", explanation.cluster());
    node.put("scope", decision.scope().getClass().getSimpleName());
    node.put("basis", decision.basis().name());
    node.put("eligibility", decision.eligibility().name());
    node.put("reason", decision.reason().name());
    ArrayNode tiers = node.putArray("tiers");
    explanation.tierSizes().forEach(tiers::add);
  }
}
