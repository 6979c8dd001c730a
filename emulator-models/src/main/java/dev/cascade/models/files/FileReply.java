package dev.cascade.models.files;

import dev.cascade.node.WireMessage;

/** How a system call ended. */
public sealed interface FileReply extends WireMessage {
  /** A file is open under this number. */
  record Opened(long file) implements FileReply {}

  /** What was read. */
  record Bytes(String bytes) implements FileReply {}

  /** It was done. */
  record Done() implements FileReply {}

  /** There is no such file. */
  record NoSuchFile() implements FileReply {}
}
