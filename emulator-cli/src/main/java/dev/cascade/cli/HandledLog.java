package dev.cascade.cli;

import dev.cascade.engine.HandledMessage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log of a tick in a file, on its way from one JVM to another. */
final class HandledLog {
  private HandledLog() {}

  static void write(HandledMessage message, DataOutputStream out) throws IOException {
    out.writeLong(message.timeNanos());
    out.writeUTF(message.host());
    out.writeUTF(message.receiver());
    out.writeUTF(message.type());
    out.writeUTF(message.sender() == null ? "" : message.sender());
    out.writeLong(message.wireHash());
  }

  static List<HandledMessage> read(Path file) throws IOException {
    List<HandledMessage> messages = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        long time = in.readLong();
        String host = in.readUTF();
        String receiver = in.readUTF();
        String type = in.readUTF();
        String sender = in.readUTF();
        messages.add(
            new HandledMessage(
                time, host, receiver, type, sender.isEmpty() ? null : sender, in.readLong()));
      }
    } catch (EOFException end) {
      return messages;
    }
  }
}
