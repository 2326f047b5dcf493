package io.github.topologyxds.delivery;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.xds.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers to first requests. A thousand sidecars that come back at once ask for the same
 * thousand names: looking up a million names was most of a first sync. Whoever asks the same from
 * the same place gets the same response, and starts from a copy of what the one before has.
 *
 * <p>Answers are forgotten with every publication, so none outlives what it holds.
 *
 * <p>Owner: the sessions' thread.
 */
final class FirstResponses {
  private static final int REMEMBERED = 32;

  /** Of all the names that are remembered together, about 4 MB of memory. */
  private static final int CHARACTERS = 2_000_000;

  private final Map<FirstRequest, FirstRequest> requests = new LinkedHashMap<>();
  private final Map<Question, Answer> answers = new LinkedHashMap<>();
  private int characters;

  /**
   * What a client asks for in its first request of a type.
   *
   * @param all whether it wants every resource of the type
   * @param names those that it asks for by name
   */
  record FirstRequest(boolean all, List<String> names) {
    private int characters() {
      int sum = 0;
      for (String name : names) {
        sum += name.length();
      }
      return sum;
    }
  }

  /** A first request, and all that the answer depends on beside the state. */
  record Question(
      ResourceType type,
      XdsProtocolVariant variant,
      FirstRequest request,
      ServiceScope scope,
      ClientView view) {}

  /**
   * What a client was answered, and has then.
   *
   * @param due what did not fit into the response
   * @param forgotten how many topics the index had forgotten then: the table names topics, and must
   *     not bring back one that the index has dropped
   */
  record Answer(
      NameTable table, List<Topic> due, OpenResponse response, Push push, long forgotten) {}

  /** Returns an equal request that is kept already, so that a thousand that wait keep one. */
  FirstRequest shared(FirstRequest request) {
    FirstRequest known = requests.get(request);
    if (known != null) {
      return known;
    }
    characters += request.characters();
    requests.put(request, request);
    while (characters > CHARACTERS || requests.size() > REMEMBERED) {
      FirstRequest eldest = requests.keySet().iterator().next();
      characters -= eldest.characters();
      requests.remove(eldest);
    }
    return request;
  }

  @Nullable Answer find(Question question, Topics topics) {
    Answer answer = answers.get(question);
    return answer == null || answer.forgotten() != topics.forgotten() ? null : answer;
  }

  void remember(Question question, Answer answer) {
    if (answers.size() >= REMEMBERED) {
      answers.remove(answers.keySet().iterator().next());
    }
    answers.put(question, answer);
  }

  /** Something is different now. */
  void forgetAnswers() {
    answers.clear();
  }
}
