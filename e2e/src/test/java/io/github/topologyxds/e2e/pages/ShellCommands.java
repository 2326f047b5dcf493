package io.github.topologyxds.e2e.pages;

import java.util.ArrayList;
import java.util.List;

/** Takes shell lines apart as far as the pages need it: quotes, comments, redirections, lists. */
final class ShellCommands {
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellCommands() {}

  /** Returns the words of each command, without variables that are set before it. */
  static List<List<String>> of(String text) {
    ShellCommands shell = new ShellCommands();
    shell.read(text.replace("\\\n", " "));
    return shell.commands;
  }

  private void read(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        int end = text.indexOf(c, i + 1);
        word.append(text, i + 1, end);
        inWord = true;
        i = end;
      } else if (c == '#' && !inWord) {
        int end = text.indexOf('\n', i);
        i = (end < 0 ? text.length() : end) - 1;
      } else if ("\n|&;".indexOf(c) >= 0) {
        endCommand();
      } else if (c == '>' || c == '<') {
        endWord();
        words.add(">");
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else {
        word.append(c);
        inWord = true;
      }
    }
    endCommand();
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word = new StringBuilder();
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    int redirection = words.indexOf(">");
    List<String> command = new ArrayList<>(redirection < 0 ? words : words.subList(0, redirection));
    while (!command.isEmpty() && command.getFirst().matches("\\w+=.*")) {
      command.removeFirst();
    }
    if (!command.isEmpty()) {
      commands.add(command);
    }
    words = new ArrayList<>();
  }
}
