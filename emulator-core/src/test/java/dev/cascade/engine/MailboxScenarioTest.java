package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.HostSpec;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mailbox does when it is full, what waits in it, and what becomes of it in a crash. */
class MailboxScenarioTest {
  private static final Duration WORK = Duration.ofMillis(10);
  private static final Address SERVER = Address.of("node-1", "server");

  /** Takes 10 ms a word, and records when it took which. */
  private static ProcessSpec<Word> server() {
    return ProcessSpec.<Word>of(MailboxScenarioTest::take).cost(word -> Cost.work(WORK));
  }

  private static Behavior<Word> take(Env<Word> env) {
    return Behaviors.receiveMessage(
        word -> {
          env.event("took", "word", word.text());
          return Behaviors.same();
        });
  }

  /** Sends words to the server when it starts, all at once. */
  private static ProcessSpec<Object> speaker(String... words) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  for (String word : words) {
                    env.send(SERVER, new Word(word));
                  }
                  return Behaviors.ignore();
                }));
  }

  private static World node(HostSpec spec, Consumer<Boot> boot) {
    return World.of().network(World.STILL).hosts("node", 1, spec, boot);
  }

  private static List<String> run(World world, Duration until, Consumer<Engine> steps) {
    try (Engine engine = world.start()) {
      steps.accept(engine);
      World.run(engine, until);
      assertThat(engine.messages().missing()).isZero();
      return World.lines(engine, "node-1");
    }
  }

  private static List<String> fill(ProcessSpec<Word> server, String... words) {
    return run(
        node(
            HostSpec.cores(1),
            boot -> {
              boot.start("server", server);
              boot.start("speaker", speaker(words));
            }),
        Duration.ofSeconds(1),
        engine -> {});
  }

  // ---- overflow: one in service and two that wait is full

  @Test
  void dropNewestLosesWhatArrives() {
    assertThat(fill(server().mailbox(3, Overflow.DROP_NEWEST), "a", "b", "c", "d", "e"))
        .containsExactly(
            "PT0.01005S server took a", "PT0.02005S server took b", "PT0.03005S server took c");
  }

  @Test
  void dropOldestLosesWhatWaitsLongestButNeverWhatIsServed() {
    assertThat(fill(server().mailbox(3, Overflow.DROP_OLDEST), "a", "b", "c", "d", "e"))
        .containsExactly(
            "PT0.01005S server took a", "PT0.02005S server took d", "PT0.03005S server took e");
  }

  @Test
  void dropOldestOfOnePlaceKeepsWhatIsServed() {
    assertThat(fill(server().mailbox(1, Overflow.DROP_OLDEST), "a", "b", "c"))
        .containsExactly("PT0.01005S server took a");
  }

  @ParameterizedTest
  @CsvSource({"DROP_NEWEST, full", "DROP_OLDEST, full", "REFUSE, refused"})
  void everyDropIsCountedByPlaceTypeAndReason(Overflow overflow, String reason) {
    World world =
        node(
            HostSpec.cores(1),
            boot -> {
              boot.start("server", server().mailbox(3, overflow));
              boot.start("speaker", speaker("a", "b", "c", "d", "e"));
            });
    try (Engine engine = World.run(world.start(), Duration.ofMillis(5))) {
      MessageCounts messages = engine.messages();
      assertThat(messages.dropped())
          .containsExactlyEntriesOf(
              java.util.Map.of(new MessageCounts.Drop("node/server", "Word", reason), 2L));
      assertThat(messages.queued()).as("what is in service is queued").isEqualTo(3);
      assertThat(messages.missing()).isZero();
    }
  }

  /** Asks at once, and records what each request came to. */
  private static ProcessSpec<Object> asker(Duration timeout, String... words) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  for (String word : words) {
                    env.request(
                        SERVER,
                        replyTo -> new Word.Ask(replyTo, word),
                        timeout,
                        outcome -> new Came(word, outcome));
                  }
                  return Behaviors.receive(Object.class)
                      .onMessage(
                          Came.class,
                          came -> {
                            env.event("came", "word", came.word(), "outcome", came.name());
                            return Behaviors.same();
                          })
                      .build();
                }));
  }

  record Came(String word, Outcome outcome) {
    String name() {
      return outcome.getClass().getSimpleName();
    }
  }

  private static ProcessSpec<Word.Ask> answerer() {
    return ProcessSpec.<Word.Ask>of(
            env ->
                Behaviors.receiveMessage(
                    ask -> {
                      env.reply(ask.replyTo(), new Word(ask.text()));
                      return Behaviors.same();
                    }))
        .cost(ask -> Cost.work(WORK));
  }

  private static List<String> ask(ProcessSpec<Word.Ask> server, Duration timeout) {
    return run(
        node(
            HostSpec.cores(1),
            boot -> {
              boot.start("server", server);
              boot.start("asker", asker(timeout, "a", "b", "c"));
            }),
        Duration.ofSeconds(20),
        engine -> {});
  }

  @Test
  void refuseTellsWhoAsked() {
    assertThat(ask(answerer().mailbox(2, Overflow.REFUSE), Duration.ofSeconds(5)))
        .containsExactly(
            "PT0.0001S asker came c Refused",
            "PT0.0101S asker came a Reply",
            "PT0.0201S asker came b Reply");
  }

  @Test
  void aRequestThatIsDroppedIsALostSynAndComesAgainAfterOneSecond() {
    // 1 s after the first attempt, 50 µs there, 10 ms of work, 50 µs back.
    assertThat(ask(answerer().mailbox(2, Overflow.DROP_NEWEST), Duration.ofSeconds(5)))
        .containsExactly(
            "PT0.0101S asker came a Reply",
            "PT0.0201S asker came b Reply",
            "PT1.0101S asker came c Reply");
  }

  @Test
  void aRequestThatIsPushedOutComesAgainToo() {
    assertThat(ask(answerer().mailbox(2, Overflow.DROP_OLDEST), Duration.ofSeconds(5)))
        .containsExactly(
            "PT0.0101S asker came a Reply",
            "PT0.0201S asker came c Reply",
            "PT1.0101S asker came b Reply");
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void anOutcomeFindsRoomInAFullMailbox(Overflow overflow) {
    // The asker's mailbox is full of words that it takes 10 ms each for; the answer comes all the
    // same, in its turn.
    ProcessSpec<Object> busy =
        ProcessSpec.<Object>of(
                env ->
                    Behaviors.setup(
                        context -> {
                          env.request(
                              SERVER,
                              replyTo -> new Word.Ask(replyTo, "q"),
                              Duration.ofSeconds(5),
                              outcome -> new Came("q", outcome));
                          for (int i = 0; i < 10; i++) {
                            context.getSelf().tell(new Word("w" + i));
                          }
                          return Behaviors.receiveMessage(
                              message -> {
                                env.event(message instanceof Came ? "came" : "took");
                                return Behaviors.same();
                              });
                        }))
            .cost(message -> Cost.work(WORK))
            .mailbox(3, overflow);
    List<String> lines =
        run(
            node(
                HostSpec.cores(2),
                boot -> {
                  boot.start("server", answerer());
                  boot.start("busy", busy);
                }),
            Duration.ofSeconds(1),
            engine -> {});
    assertThat(lines).hasSize(4).last().isEqualTo("PT0.04S busy came ");
  }

  // ---- block

  /** Handles a step a millisecond of work each, and says one word to the server at each. */
  private static ProcessSpec<Integer> steady(int steps) {
    return ProcessSpec.<Integer>of(
            env ->
                Behaviors.setup(
                    context -> {
                      for (int i = 1; i <= steps; i++) {
                        context.getSelf().tell(i);
                      }
                      return Behaviors.receiveMessage(
                          step -> {
                            env.event("said", "word", "w" + step);
                            env.send(SERVER, new Word("w" + step));
                            return Behaviors.same();
                          });
                    }))
        .cost(step -> Cost.work(Duration.ofMillis(1)));
  }

  private static List<String> block(int serverCapacity, Consumer<Engine> steps) {
    return run(
        node(
            HostSpec.cores(2),
            boot -> {
              boot.start("server", server().mailbox(serverCapacity, Overflow.BLOCK));
              boot.start("steady", steady(5));
            }),
        Duration.ofSeconds(1),
        steps);
  }

  @Test
  void blockHoldsTheSenderUntilThereIsRoom() {
    // One place. w1 is served from 1.05 ms to 11.05 ms; w2 arrives at 2.05 ms and waits outside.
    assertThat(block(1, engine -> {}))
        .containsExactly(
            "PT0.001S steady said w1",
            "PT0.002S steady said w2",
            "PT0.01105S server took w1",
            "PT0.01105S steady said w3",
            "PT0.02105S server took w2",
            "PT0.02105S steady said w4",
            "PT0.03105S server took w3",
            "PT0.03105S steady said w5",
            "PT0.04105S server took w4",
            "PT0.05105S server took w5");
  }

  @Test
  void aBlockedSenderGoesOnWhenTheReceiverIsKilled() {
    List<String> lines =
        block(
            1,
            engine -> {
              World.run(engine, Duration.ofMillis(5));
              engine.crashProcess(SERVER);
              assertThat(engine.messages().lostInCrashes())
                  .as("one in service and one outside")
                  .isEqualTo(2);
            });
    assertThat(lines)
        .containsExactly(
            "PT0.001S steady said w1",
            "PT0.002S steady said w2",
            "PT0.005S steady said w3",
            "PT0.006S steady said w4",
            "PT0.007S steady said w5");
  }

  @Test
  void aBlockedSenderThatIsKilledLeavesItsWord() {
    List<String> lines =
        block(
            1,
            engine -> {
              World.run(engine, Duration.ofMillis(5));
              engine.crashProcess(Address.of("node-1", "steady"));
            });
    assertThat(lines)
        .containsExactly(
            "PT0.001S steady said w1",
            "PT0.002S steady said w2",
            "PT0.01105S server took w1",
            "PT0.02105S server took w2");
  }

  @Test
  void aBlockedSenderThatIsPausedStaysHeldUntilBothAreOver() {
    Address steady = Address.of("node-1", "steady");
    List<String> lines =
        block(
            1,
            engine -> {
              World.run(engine, Duration.ofMillis(5));
              engine.pauseProcess(steady, true);
              World.run(engine, Duration.ofMillis(50));
              engine.pauseProcess(steady, false);
            });
    assertThat(lines)
        .contains(
            "PT0.01105S server took w1", "PT0.02105S server took w2", "PT0.05S steady said w3");
  }

  @Test
  void aMessageFromAnotherHostThatFindsABlockingMailboxFullIsLost() {
    World world =
        World.of()
            .network(World.STILL)
            .hosts("node", 1, boot -> boot.start("server", server().mailbox(1, Overflow.BLOCK)))
            .hosts("other", 1, boot -> boot.start("main", speaker("a", "b", "c")));
    try (Engine engine = World.run(world.start(), Duration.ofSeconds(1))) {
      assertThat(World.lines(engine, "node-1")).containsExactly("PT0.011S server took a");
      assertThat(engine.messages().droppedTotal()).isEqualTo(2);
      assertThat(engine.messages().missing()).isZero();
    }
  }

  // ---- lanes

  private static int lane(Word word) {
    return word.text().charAt(0) - '0';
  }

  @Test
  void lowerLanesGoFirstButNeverBeforeWhatIsServed() {
    assertThat(fill(server().lanes(MailboxScenarioTest::lane), "7a", "7b", "0a", "3a", "0b", "7c"))
        .extracting(line -> line.substring(line.length() - 2))
        .containsExactly("7a", "0a", "0b", "3a", "7b", "7c");
  }

  @Test
  void dropOldestTakesFromTheLastLane() {
    assertThat(
            fill(
                server().lanes(MailboxScenarioTest::lane).mailbox(4, Overflow.DROP_OLDEST),
                "7a",
                "3a",
                "3b",
                "0a",
                "0b"))
        .extracting(line -> line.substring(line.length() - 2))
        .containsExactly("7a", "0a", "0b", "3b");
  }

  @Test
  void lanesBeyondTheLastCountAsTheLast() {
    assertThat(fill(server().lanes(word -> lane(word) + 4), "9a", "8a", "4a", "3a", "0a"))
        .extracting(line -> line.substring(line.length() - 2))
        .containsExactly("9a", "0a", "8a", "4a", "3a");
  }

  // ---- service before effect

  @ParameterizedTest
  @EnumSource(CpuDiscipline.class)
  void whatAHandlerSendsLeavesWhenItsWorkIsDone(CpuDiscipline discipline) {
    Function<Env<Word>, Behavior<Word>> relay =
        env ->
            Behaviors.receiveMessage(
                word -> {
                  env.send(Address.of("node-1", "sink"), word);
                  return Behaviors.same();
                });
    List<String> lines =
        run(
            node(
                HostSpec.cores(1).discipline(discipline),
                boot -> {
                  boot.start("server", ProcessSpec.of(relay).cost(word -> Cost.work(WORK)));
                  boot.start("sink", ProcessSpec.of(MailboxScenarioTest::take));
                  boot.start("speaker", speaker("a"));
                }),
            Duration.ofSeconds(1),
            engine -> {});
    assertThat(lines).containsExactly("PT0.0101S sink took a");
  }

  @Test
  void aHoldOccupiesTheThreadButNoCore() {
    ProcessSpec<Word> waits =
        ProcessSpec.of(MailboxScenarioTest::take)
            .cost(word -> Cost.of(WORK, Duration.ofMillis(100)));
    Function<String, ProcessSpec<Object>> says =
        name ->
            ProcessSpec.of(
                env ->
                    Behaviors.setup(
                        context -> {
                          env.send(Address.of("node-1", name), new Word("a"));
                          env.send(Address.of("node-1", name), new Word("b"));
                          return Behaviors.ignore();
                        }));
    List<String> lines =
        run(
            node(
                HostSpec.cores(1).discipline(CpuDiscipline.FIRST_COME_FIRST_SERVED),
                boot -> {
                  boot.start("one", waits);
                  boot.start("two", waits);
                  boot.start("says-one", says.apply("one"));
                  boot.start("says-two", says.apply("two"));
                }),
            Duration.ofSeconds(1),
            engine -> {});
    assertThat(lines)
        .containsExactly(
            "PT0.11005S one took a",
            "PT0.12005S two took a",
            "PT0.22005S one took b",
            "PT0.23005S two took b");
  }

  @Test
  void aKilledProcessFreesItsCoreAtOnce() {
    Address first = Address.of("node-1", "first");
    List<String> lines =
        run(
            node(
                HostSpec.cores(1).discipline(CpuDiscipline.FIRST_COME_FIRST_SERVED),
                boot -> {
                  boot.start("first", server());
                  boot.start("server", server());
                  boot.start("speaks-first", speakerTo(first));
                  boot.start("speaks-second", speakerTo(SERVER));
                }),
            Duration.ofSeconds(1),
            engine -> {
              World.run(engine, Duration.ofMillis(4));
              engine.crashProcess(first);
            });
    assertThat(lines).containsExactly("PT0.014S server took x");
  }

  private static ProcessSpec<Object> speakerTo(Address to) {
    return ProcessSpec.of(
        env ->
            Behaviors.setup(
                context -> {
                  env.send(to, (WireMessage) new Word("x"));
                  return Behaviors.ignore();
                }));
  }

  @Test
  void aPausedProcessKeepsItsPlaceAndTheWorkItHasDone() {
    // 10 ms of work, 3.95 ms of it before a pause of 20 ms.
    List<String> lines =
        run(
            node(
                HostSpec.cores(1),
                boot -> {
                  boot.start("server", server());
                  boot.start("speaker", speaker("a", "b"));
                }),
            Duration.ofSeconds(1),
            engine -> {
              World.run(engine, Duration.ofMillis(4));
              engine.pauseProcess(SERVER, true);
              World.run(engine, Duration.ofMillis(24));
              engine.pauseProcess(SERVER, false);
            });
    assertThat(lines).containsExactly("PT0.03005S server took a", "PT0.04005S server took b");
  }

  @Test
  void aProcessThatIsStartedWhileItsHostIsPausedRunsWhenTheHostGoesOn() {
    List<String> lines =
        run(
            node(
                HostSpec.cores(1),
                boot -> {
                  boot.start("server", server());
                  boot.start("steady", steady(40));
                }),
            Duration.ofSeconds(1),
            engine -> {
              World.run(engine, Duration.ofMillis(5));
              engine.crashProcess(SERVER);
              engine.pauseHost("node-1", true);
              engine.startProcess(SERVER);
              World.run(engine, Duration.ofMillis(10));
              assertThat(engine.messages().missing()).isZero();
              engine.pauseHost("node-1", false);
            });
    assertThat(lines).anyMatch(line -> line.contains("server took"));
  }

  @Test
  void startingAProcessThatRunsDoesNothingNowOrLater() {
    List<String> lines =
        run(
            node(
                HostSpec.cores(2),
                boot -> {
                  boot.start("server", server());
                  boot.start("steady", steady(100));
                }),
            Duration.ofSeconds(2),
            engine -> {
              engine.startProcess(SERVER);
              World.run(engine, Duration.ofMillis(5));
              engine.crashProcess(SERVER);
            });
    assertThat(lines)
        .as("a start before the crash is no restart after it")
        .noneMatch(line -> line.contains("server took"));
  }
}
