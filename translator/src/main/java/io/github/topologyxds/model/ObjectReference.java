package io.github.topologyxds.model;

/**
 * What a {@link Finding} is about. Its {@code toString} is the one text of it, which logs, Events,
 * JSON and the command line print: {@code Kind namespace/name} or {@code File path:line}.
 */
public sealed interface ObjectReference permits ObjectKey, FilePlace {}
