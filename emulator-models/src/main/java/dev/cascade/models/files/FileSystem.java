package dev.cascade.models.files;

import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.util.List;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A host's kernel as far as files go, with its one disk: one call after the other. */
public final class FileSystem extends AbstractBehavior<WireMessage> {
  /** The process of each host that has files. */
  public static final String PROCESS = "fs";

  /** Calls that wait for the disk; one process has one at most, so it is processes of a host. */
  private static final int CAPACITY = 1024;

  private final Env<WireMessage> env;
  private final DiskConfig config;
  private final RandomStream reads;
  private final RandomStream writes;

  private final Inodes inodes;
  private final FileLocks locks = new FileLocks();

  private FileSystem(Env<WireMessage> env, DiskConfig config, SortedMap<String, String> installed) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.reads = env.random("read");
    this.writes = env.random("write");
    Disk disk = env.disk(Disk.Lifetime.MACHINE);
    if (disk.files().isEmpty()) {
      installed.forEach(disk::write);
    }
    this.inodes = new Inodes(disk);
    env.costs(this::cost);
  }

  /**
   * The file system of a host.
   *
   * @param installed what is in which file on a disk that is new
   */
  public static ProcessSpec<WireMessage> spec(
      DiskConfig config, SortedMap<String, String> installed) {
    return ProcessSpec.<WireMessage>of(env -> new FileSystem(env, config, installed))
        .mailbox(CAPACITY, Overflow.REFUSE);
  }

  /** Names and locks are in memory; blocks and names that change are on the disk. */
  private Cost cost(WireMessage call) {
    long cpuNanos = config.call().toNanos();
    if (call instanceof FileCall.Read) {
      return new Cost(cpuNanos, config.read().sampleNanos(reads));
    }
    boolean changes =
        call instanceof FileCall.Write
            || call instanceof FileCall.Truncate
            || call instanceof FileCall.Rename;
    return new Cost(cpuNanos, changes ? config.write().sampleNanos(writes) : 0);
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(FileCall.Open.class, this::onOpen)
        .onMessage(FileCall.Close.class, this::onClose)
        .onMessage(FileCall.Read.class, this::onRead)
        .onMessage(FileCall.Write.class, this::onWrite)
        .onMessage(FileCall.Truncate.class, this::onTruncate)
        .onMessage(FileCall.Rename.class, this::onRename)
        .onMessage(FileCall.Lock.class, this::onLock)
        .onMessage(FileCall.Unlock.class, this::onUnlock)
        .onMessage(ProcessGone.class, this::onProcessGone)
        .build();
  }

  private Behavior<WireMessage> onOpen(FileCall.Open open) {
    long file = inodes.open(open.path(), open.create(), open.replyTo().client());
    return reply(open, file < 0 ? new FileReply.NoSuchFile() : new FileReply.Opened(file));
  }

  private Behavior<WireMessage> onClose(FileCall.Close close) {
    inodes.close(close.file(), close.replyTo().client());
    return reply(close, new FileReply.Done());
  }

  private Behavior<WireMessage> onRead(FileCall.Read read) {
    boolean open = inodes.isOpen(read.file(), read.replyTo().client());
    return reply(
        read,
        open
            ? new FileReply.Bytes(inodes.read(read.file(), read.offset(), read.length()))
            : new FileReply.NoSuchFile());
  }

  private Behavior<WireMessage> onWrite(FileCall.Write write) {
    boolean open = inodes.isOpen(write.file(), write.replyTo().client());
    if (open) {
      inodes.write(write.file(), write.offset(), write.bytes());
    }
    return reply(write, done(open));
  }

  private Behavior<WireMessage> onTruncate(FileCall.Truncate truncate) {
    boolean open = inodes.isOpen(truncate.file(), truncate.replyTo().client());
    if (open) {
      inodes.truncate(truncate.file());
    }
    return reply(truncate, done(open));
  }

  private Behavior<WireMessage> onRename(FileCall.Rename rename) {
    return reply(rename, done(inodes.rename(rename.from(), rename.to())));
  }

  private static FileReply done(boolean found) {
    return found ? new FileReply.Done() : new FileReply.NoSuchFile();
  }

  private Behavior<WireMessage> reply(FileCall call, FileReply reply) {
    env.reply(call.replyTo(), reply);
    return this;
  }

  // ---- locks

  private Behavior<WireMessage> onLock(FileCall.Lock lock) {
    if (locks.admits(lock)) {
      grant(locks.lock(lock));
    } else {
      env.refuse(lock, "too-many-wait");
    }
    return this;
  }

  private Behavior<WireMessage> onUnlock(FileCall.Unlock unlock) {
    Address owner = unlock.replyTo().client();
    grant(locks.unlock(unlock.path(), owner));
    return reply(unlock, new FileReply.Done());
  }

  private Behavior<WireMessage> onProcessGone(ProcessGone process) {
    inodes.closeAll(process::owned);
    grant(locks.release(process::owned));
    return this;
  }

  private void grant(List<FileCall.Lock> granted) {
    for (FileCall.Lock lock : granted) {
      env.reply(lock.replyTo(), new FileReply.Done());
    }
  }
}
