package dev.cascade.models.files;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes whole files for one process, one system call after the other. What comes next is
 * done in a turn of that process.
 *
 * @param <C> what the process understands
 */
public final class FileClient<C> {
  /** Makes the new contents of the old; nothing if they are not to be written. */
  public interface Change {
    Optional<String> of(String contents);
  }

  private final Env<C> env;
  private final Address files;
  private final DiskConfig disk;
  private final Function<Runnable, C> later;

  /**
   * A client on its own host.
   *
   * @param later a message of the process's on which it runs what is in it
   */
  public FileClient(Env<C> env, DiskConfig disk, Function<Runnable, C> later) {
    this.env = env;
    this.files = Address.of(env.host().name(), FileSystem.PROCESS);
    this.disk = disk;
    this.later = later;
  }

  /**
   * Reads a file, block by block until one comes short.
   *
   * @param locked whether it takes the lock, shared
   * @param then gets what was read; nothing if that failed
   */
  public void read(String path, boolean locked, Consumer<Optional<String>> then) {
    new Task(path, locked, then).begin(false, task -> task.read(task::end));
  }

  /**
   * Reads a file, and writes what is made of it.
   *
   * @param locked whether it takes the lock, alone, for all of it
   * @param then gets what was written; nothing if that failed
   */
  public void update(
      String path, boolean locked, WriteBy by, Change change, Consumer<Optional<String>> then) {
    new Task(path, locked, then)
        .begin(
            true,
            task ->
                task.read(
                    read -> {
                      Optional<String> changed = read.flatMap(change::of);
                      if (changed.isEmpty()) {
                        task.end(changed);
                      } else if (by == WriteBy.RENAME) {
                        task.replace(changed.get());
                      } else {
                        task.overwrite(changed.get());
                      }
                    }));
  }

  /** One reading or change of a file. */
  private final class Task {
    private final String path;
    private final boolean locked;
    private final Consumer<Optional<String>> then;

    Task(String path, boolean locked, Consumer<Optional<String>> then) {
      this.path = path;
      this.locked = locked;
      this.then = then;
    }

    void begin(boolean exclusive, Consumer<Task> work) {
      if (locked) {
        call(to -> new FileCall.Lock(path, exclusive, to), granted -> work.accept(this));
      } else {
        work.accept(this);
      }
    }

    void end(Optional<String> result) {
      if (locked) {
        ask(to -> new FileCall.Unlock(path, to), unlocked -> then.accept(result));
      } else {
        then.accept(result);
      }
    }

    void read(Consumer<Optional<String>> next) {
      call(
          to -> new FileCall.Open(path, false, to),
          reply -> readOn(opened(reply), new StringBuilder(), next));
    }

    private void readOn(long file, StringBuilder read, Consumer<Optional<String>> next) {
      int offset = read.length();
      call(
          to -> new FileCall.Read(file, offset, disk.blockSize(), to),
          reply -> {
            String bytes = ((FileReply.Bytes) reply).bytes();
            read.append(bytes);
            if (bytes.length() == disk.blockSize()) {
              readOn(file, read, next);
            } else {
              close(file, () -> next.accept(Optional.of(read.toString())));
            }
          });
    }

    void overwrite(String bytes) {
      call(
          to -> new FileCall.Open(path, true, to),
          reply -> rewrite(opened(reply), bytes, () -> end(Optional.of(bytes))));
    }

    void replace(String bytes) {
      String beside = path + "." + env.self().process().replace('/', '-');
      call(
          to -> new FileCall.Open(beside, true, to),
          reply -> rewrite(opened(reply), bytes, () -> rename(beside, bytes)));
    }

    private void rename(String beside, String bytes) {
      call(to -> new FileCall.Rename(beside, path, to), renamed -> end(Optional.of(bytes)));
    }

    private void rewrite(long file, String bytes, Runnable next) {
      call(to -> new FileCall.Truncate(file, to), truncated -> writeOn(file, bytes, 0, next));
    }

    private void writeOn(long file, String bytes, int offset, Runnable next) {
      if (offset >= bytes.length()) {
        close(file, next);
        return;
      }
      int end = Math.min(bytes.length(), offset + disk.blockSize());
      call(
          to -> new FileCall.Write(file, offset, bytes.substring(offset, end), to),
          written -> writeOn(file, bytes, end, next));
    }

    private void close(long file, Runnable next) {
      call(to -> new FileCall.Close(file, to), closed -> next.run());
    }

    private static long opened(FileReply reply) {
      return ((FileReply.Opened) reply).file();
    }

    /** A call without which nothing goes on: not if it is not answered, nor without such a file. */
    private void call(Function<ReplyTo, FileCall> request, Consumer<FileReply> next) {
      ask(
          request,
          reply -> {
            if (reply == null || reply instanceof FileReply.NoSuchFile) {
              end(Optional.empty());
            } else {
              next.accept(reply);
            }
          });
    }

    private void ask(Function<ReplyTo, FileCall> request, Consumer<@Nullable FileReply> next) {
      env.request(
          files,
          request,
          disk.giveUpAfter(),
          outcome ->
              later.apply(
                  () ->
                      next.accept(
                          outcome instanceof Outcome.Reply reply
                                  && reply.message() instanceof FileReply answer
                              ? answer
                              : null)));
    }
  }
}
