package dev.cascade.models.files;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** A system call: what a process asks of its host's file system, over loopback. */
public sealed interface FileCall extends WireRequest {
  /**
   * Opens a file by its name. What is read and written through it stays the same file, whatever
   * becomes of the name.
   *
   * @param create whether it is made anew, empty, if there is none of that name
   */
  record Open(String path, boolean create, ReplyTo replyTo) implements FileCall {}

  /** Closes a file. */
  record Close(long file, ReplyTo replyTo) implements FileCall {}

  /** Reads up to so many bytes from an offset on; fewer at the end, none behind it. */
  record Read(long file, int offset, int length, ReplyTo replyTo) implements FileCall {}

  /** Writes bytes at an offset, over what is there; a gap before them reads as NULs. */
  record Write(long file, int offset, String bytes, ReplyTo replyTo) implements FileCall {}

  /** Makes a file empty. */
  record Truncate(long file, ReplyTo replyTo) implements FileCall {}

  /** Gives a file another name at once; a file that had it is nameless from then on. */
  record Rename(String from, String to, ReplyTo replyTo) implements FileCall {}

  /**
   * Waits for an advisory lock on a name, and takes it. It keeps nobody from reading or writing who
   * does not ask for it.
   *
   * @param exclusive whether nobody else may have it; else all who share it may
   */
  record Lock(String path, boolean exclusive, ReplyTo replyTo) implements FileCall {}

  /** Gives a lock back, or stops to wait for it. */
  record Unlock(String path, ReplyTo replyTo) implements FileCall {}
}
