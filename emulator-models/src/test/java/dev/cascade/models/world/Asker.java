package dev.cascade.models.world;

import dev.cascade.engine.Entry;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A client on a host of its own that asks what a test tells it to ask, and notes the answers. */
public final class Asker {
  private static final Address SELF = Address.of("asker-1", "asker");

  private record Go(int number) implements WireMessage {}

  private record Answer(int number, Outcome outcome) implements WireMessage {}

  private record Question(
      Address to, Function<ReplyTo, ? extends WireRequest> request, Duration timeout) {}

  private final List<Question> questions = new ArrayList<>();
  private final TreeMap<Integer, Outcome> answers = new TreeMap<>();

  /** Its place in the world. */
  public Entry entry() {
    return Entry.of(
        "asker",
        1,
        placement -> {
          placement.template(
              "host",
              HostSpec.cores(1),
              boot -> boot.start("asker", ProcessSpec.<WireMessage>of(this::behavior)));
          placement.replicas("host");
        });
  }

  private Behavior<WireMessage> behavior(Env<WireMessage> env) {
    return Behaviors.receiveMessage(
        message -> {
          if (message instanceof Go go) {
            Question question = questions.get(go.number());
            env.request(
                question.to(),
                question.request(),
                question.timeout(),
                outcome -> new Answer(go.number(), outcome));
          } else if (message instanceof Answer answer) {
            answers.put(answer.number(), answer.outcome());
          }
          return Behaviors.same();
        });
  }

  /** Asks soon; tells the number of the question. */
  public int ask(
      TestWorld world,
      Address to,
      Duration timeout,
      Function<ReplyTo, ? extends WireRequest> request) {
    int number = questions.size();
    questions.add(new Question(to, request, timeout));
    world.engine().command(SELF, new Go(number), Duration.ZERO);
    return number;
  }

  /** Asks, and runs on until there must be an answer. */
  public Outcome askNow(
      TestWorld world,
      Address to,
      Duration timeout,
      Function<ReplyTo, ? extends WireRequest> request) {
    int number = ask(world, to, timeout, request);
    world.runFor(timeout.plusSeconds(1));
    return answer(number);
  }

  /** Whether there is an answer to a question. */
  public boolean hasAnswer(int number) {
    return answers.containsKey(number);
  }

  /** The answer to a question, once there is one. */
  public Outcome answer(int number) {
    Outcome outcome = answers.get(number);
    if (outcome == null) {
      throw new AssertionError("The question (" + number + ") has no answer yet.");
    }
    return outcome;
  }

  /** The message that answered a question. */
  public static WireMessage message(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply) {
      return reply.message();
    }
    throw new AssertionError("Expected an answer, but it was " + outcome + ".");
  }
}
