package dev.cascade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.node.Address;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/**
 * What a scenario says of bandwidth reaches the engine: two senders tell each of two sinks 1,000
 * bytes once a second over links of 1 ms.
 */
class BandwidthScenarioTest {
  record Kilobyte() implements WireMessage {
    @Override
    public int sizeBytes() {
      return 1_000;
    }
  }

  record Nothing() {}

  static final class Chatter implements Model<Nothing> {
    @Override
    public String name() {
      return "chatter";
    }

    @Override
    public String summary() {
      return "Sends a kilobyte a second to each host of the entry sink.";
    }

    @Override
    public Class<Nothing> configType() {
      return Nothing.class;
    }

    @Override
    public List<EventInfo> events() {
      return List.of(new EventInfo("took", List.of(), "A sink took a kilobyte."));
    }

    @Override
    public void place(Placement<Nothing> placement) {
      placement.template(
          "host",
          HostSpec.cores(1),
          boot -> {
            List<Address> sinks = boot.addresses("sink");
            boolean sends = boot.host().entry().equals("sender");
            boot.start(
                "main",
                ProcessSpec.<Object>of(
                    env ->
                        Behaviors.withTimers(
                            timers -> {
                              if (sends) {
                                timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
                              }
                              return Behaviors.receive(Object.class)
                                  .onMessageEquals(
                                      "tick",
                                      () -> {
                                        sinks.forEach(sink -> env.send(sink, new Kilobyte()));
                                        return Behaviors.same();
                                      })
                                  .onMessage(
                                      Kilobyte.class,
                                      word -> {
                                        env.event("took");
                                        return Behaviors.same();
                                      })
                                  .build();
                            })));
          });
      placement.serves("host", "main");
      placement.replicas("host");
    }
  }

  /** When sinks took something, in milliseconds, sorted by time. */
  private static List<Long> taken(String links, String method) {
    String text =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: narrow}
        spec:
          duration: 4s
          network: {default: {latency: 1ms, jitter: 0s}}
          topology:
            - {name: sender, model: chatter, replicas: 2}
            - {name: sink, model: chatter, replicas: 2}
        """
            + links
            + method;
    RunResult result =
        Emulation.of(
                new ScenarioReader(ModelCatalog.of(List.of(new Chatter())))
                    .read(new ScenarioSource("narrow.yaml", text), Overrides.NONE)
                    .scenario())
            .run();
    assertThat(result.end().failure()).isNull();
    return result.recording().journal().stream()
        .filter(entry -> entry.kind() == JournalEntry.Kind.EVENT)
        .map(entry -> entry.timeNanos() / 1_000_000)
        .toList();
  }

  private static String step(String fault) {
    return "  method:\n    - {name: narrow, at: 1500ms, action: bandwidth, " + fault + "}\n";
  }

  private static final String NO_LINKS = "";

  @Test
  void withoutBandwidthNothingWaits() {
    assertThat(taken(NO_LINKS, ""))
        .containsExactly(
            1001L, 1001L, 1001L, 1001L, 2001L, 2001L, 2001L, 2001L, 3001L, 3001L, 3001L, 3001L);
  }

  @Test
  void aLinkRuleGivesEachPairOfHostsABandwidth() {
    // 8 kbit/s are 1,000 bytes a second: 100 ms at ten times that, to one sink only.
    assertThat(taken("  links:\n    - {from: sender, to: sink-1, bandwidth: 80kbit/s}\n", ""))
        .startsWith(1001L, 1001L, 1101L, 1101L, 2001L, 2001L, 2101L, 2101L);
  }

  @Test
  void aFaultNarrowsEachLinkByItself() {
    assertThat(taken(NO_LINKS, step("target: sink-1, direction: to, bandwidth: 10kB/s")))
        .endsWith(2001L, 2001L, 2101L, 2101L, 3001L, 3001L, 3101L, 3101L);
  }

  @Test
  void aFaultThatIsOverWidensTheLinksAgain() {
    // At 2.05 s half of a message is left.
    assertThat(taken(NO_LINKS, step("target: sender, bandwidth: 10kB/s, duration: 550ms")))
        .endsWith(2051L, 2051L, 2051L, 2051L, 3001L, 3001L, 3001L, 3001L);
  }

  @Test
  void aFaultOfInterfacesIsSharedByAllThatAHostSends() {
    assertThat(taken(NO_LINKS, step("target: sender, where: interface, bandwidth: 10kB/s")))
        .endsWith(2101L, 2101L, 2201L, 2201L, 3101L, 3101L, 3201L, 3201L);
  }
}
