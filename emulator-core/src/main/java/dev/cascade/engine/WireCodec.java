package dev.cascade.engine;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.cascade.random.Hash64;
import java.io.IOException;

/** Passes messages through their serialized form, as another JVM would see them. */
final class WireCodec {
  private final ObjectMapper mapper =
      CBORMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(
              MapperFeature.AUTO_DETECT_IS_GETTERS) // a record's isX() is a question, no component
          .build();

  /** The message as it arrives elsewhere; its bytes become part of the history. */
  Message copy(Message message) {
    Object payload = message.payload;
    try {
      byte[] bytes = mapper.writeValueAsBytes(payload);
      Object read = mapper.readValue(bytes, payload.getClass());
      if (!read.equals(payload)) {
        throw new IllegalStateException(
            "The message ("
                + payload
                + ") is not the same after it was written and read: ("
                + read
                + "). Maybe a component is no value, or hidden from Jackson?");
      }
      Message copy =
          new Message(
              message.kind,
              read,
              message.from,
              message.to,
              message.connection,
              message.causeHost,
              message.causeTurn);
      copy.wireHash = Hash64.of(bytes);
      copy.resent = message.resent;
      copy.bill = message.bill;
      return copy;
    } catch (IOException e) {
      throw new IllegalStateException(
          "The message ("
              + payload
              + ") cannot cross hosts: "
              + e.getMessage()
              + " Maybe it holds an ActorRef? Name the process by its Address.",
          e);
    }
  }
}
