package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.Version;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorRefProvider;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.AutoReceivedMessage;
import org.apache.pekko.actor.Cell;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.typed.internal.AdaptMessage;
import org.apache.pekko.actor.typed.internal.AdaptWithRegisteredMessageAdapter;
import org.apache.pekko.actor.typed.internal.TimerSchedulerImpl;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.sysmsg.Failed;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import org.junit.jupiter.api.Test;
import scala.Function2;

/**
 * The engine stands on names that Pekko keeps to itself and may change without notice. An upgrade
 * breaks this test: then walk through docs/adr/0002 and the traps, and let {@link
 * PekkoFeaturesScenarioTest} and {@link PekkoTrapsScenarioTest} pass, before the version is raised
 * here.
 */
class PekkoVersionTest {
  private static final String REVIEWED = "1.7.0";

  @Test
  void theVersionIsTheOneThatWasReviewed() {
    assertThat(Version.current()).isEqualTo(REVIEWED);
  }

  @Test
  void theNamesThatTheEngineUsesAreThere() throws NoSuchMethodException {
    assertThat(
            MessageDispatcher.class.getDeclaredMethod(
                "createMailbox", Cell.class, MailboxType.class))
        .isNotNull();
    assertThat(
            MessageDispatcher.class.getDeclaredMethod("dispatch", ActorCell.class, Envelope.class))
        .isNotNull();
    assertThat(
            MessageDispatcher.class.getDeclaredMethod(
                "systemDispatch", ActorCell.class, SystemMessage.class))
        .isNotNull();
    assertThat(
            Mailbox.class.getDeclaredMethod(
                "canBeScheduledForExecution", boolean.class, boolean.class))
        .isNotNull();
    assertThat(Mailbox.class.getDeclaredMethod("setAsScheduled")).isNotNull();
    assertThat(Mailbox.class.getDeclaredMethod("actor")).isNotNull();
    assertThat(Failed.class.getDeclaredMethod("cause")).isNotNull();
    assertThat(Failed.class.getDeclaredMethod("child")).isNotNull();
    assertThat(TimerSchedulerImpl.TimerMsg.class.getMethod("key")).isNotNull();
    assertThat(AdaptMessage.class.getMethod("message")).isNotNull();
    assertThat(AdaptWithRegisteredMessageAdapter.class.getMethod("msg")).isNotNull();
    assertThat(ActorAdapter.TypedActorFailedException.class).isAssignableTo(Throwable.class);
    assertThat(AutoReceivedMessage.class).isInterface();
    assertThat(
            FunctionRef.class.getConstructor(
                ActorPath.class, ActorRefProvider.class, ActorSystem.class, Function2.class))
        .isNotNull();
  }

  /** Packages and classes of Pekko that are not for its users. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "org\\.apache\\.pekko\\.(dispatch\\.(sysmsg\\.\\w+|Mailbox|Envelope|MessageQueue)"
              + "|actor\\.(ActorCell|Cell|ActorRefWithCell|AutoReceivedMessage|FunctionRef)"
              + "|actor\\.typed\\.internal\\.[\\w.]+)");

  @Test
  void noOtherInternalNameHasCreptIn() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    for (Path file : sources()) {
      INTERNAL.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group()));
    }
    assertThat(used)
        .as("name it above, with what the engine needs of it")
        .containsExactly(
            "org.apache.pekko.actor.ActorCell",
            "org.apache.pekko.actor.ActorRefWithCell",
            "org.apache.pekko.actor.AutoReceivedMessage",
            "org.apache.pekko.actor.Cell",
            "org.apache.pekko.actor.FunctionRef",
            "org.apache.pekko.actor.typed.internal.AdaptMessage",
            "org.apache.pekko.actor.typed.internal.AdaptWithRegisteredMessageAdapter",
            "org.apache.pekko.actor.typed.internal.TimerSchedulerImpl",
            "org.apache.pekko.actor.typed.internal.adapter.ActorAdapter",
            "org.apache.pekko.dispatch.Envelope",
            "org.apache.pekko.dispatch.Mailbox",
            "org.apache.pekko.dispatch.MessageQueue",
            "org.apache.pekko.dispatch.sysmsg.Failed",
            "org.apache.pekko.dispatch.sysmsg.SystemMessage");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/cascade/engine"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
