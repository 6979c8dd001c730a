package dev.cascade.models.systemd;

import dev.cascade.models.machine.Program;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit: what is run, before it and for it, and what becomes of it when it ends.
 *
 * @param name unique on the machine
 * @param process the name of its main process on its host
 * @param kind units of one kind have one label in metrics and events
 * @param before ExecStartPre=, one after the other
 * @param main ExecStart=
 * @param restart Restart=
 * @param restartSec from its end to its next start
 * @param limit of its starts
 * @param requires units that it is started after, and that take it down with them
 * @param language what its programs make of a broken standard output
 * @param idleLine between two lines that it logs when nothing happens; null if it is quiet
 * @param socket the process that listens for it, and has it started by a connection; null if none
 */
public record UnitFile(
    String name,
    String process,
    String kind,
    List<Step> before,
    Program main,
    Restart restart,
    Duration restartSec,
    StartLimit limit,
    List<String> requires,
    Language language,
    @Nullable Duration idleLine,
    @Nullable String socket) {
  /** systemd's DefaultRestartSec. */
  public static final Duration RESTART_SEC = Duration.ofMillis(100);

  /**
   * One of ExecStartPre=.
   *
   * @param name in its process's name
   * @param mayFail as with a minus before the command
   */
  public record Step(String name, Program program, boolean mayFail) {}

  /** What a program does when it writes into a broken pipe. */
  public enum Language {
    /** It goes on: it ignores SIGPIPE, as Go programs do since 1.6 and docker since 1.12. */
    IGNORES_SIGPIPE,
    /** A Go program before 1.6: it counts them, and the tenth kills it with SIGPIPE. */
    GO_BEFORE_1_6
  }

  public UnitFile {
    before = List.copyOf(before);
    requires = List.copyOf(requires);
  }

  /** A unit of one program that is not started again. */
  public static UnitFile of(String name, Program main) {
    return new UnitFile(
        name,
        name,
        name,
        List.of(),
        main,
        Restart.NO,
        RESTART_SEC,
        StartLimit.DEFAULT,
        List.of(),
        Language.IGNORES_SIGPIPE,
        null,
        null);
  }

  /** The same with another rule for starting it again. */
  public UnitFile restart(Restart newRestart, Duration newRestartSec, StartLimit newLimit) {
    return new UnitFile(
        name,
        process,
        kind,
        before,
        main,
        newRestart,
        newRestartSec,
        newLimit,
        requires,
        language,
        idleLine,
        socket);
  }

  /** The same, written in a language, and as talkative as that. */
  public UnitFile logs(Language newLanguage, @Nullable Duration newIdleLine) {
    return new UnitFile(
        name,
        process,
        kind,
        before,
        main,
        restart,
        restartSec,
        limit,
        requires,
        newLanguage,
        newIdleLine,
        socket);
  }

  /** The same after others. */
  public UnitFile requires(List<String> newRequires) {
    return new UnitFile(
        name,
        process,
        kind,
        before,
        main,
        restart,
        restartSec,
        limit,
        newRequires,
        language,
        idleLine,
        socket);
  }

  /** The same with steps before. */
  public UnitFile before(List<Step> newBefore) {
    return new UnitFile(
        name,
        process,
        kind,
        newBefore,
        main,
        restart,
        restartSec,
        limit,
        requires,
        language,
        idleLine,
        socket);
  }

  /** The same, started by connections to a socket. */
  public UnitFile socket(String newSocket) {
    return new UnitFile(
        name,
        process,
        kind,
        before,
        main,
        restart,
        restartSec,
        limit,
        requires,
        language,
        idleLine,
        newSocket);
  }

  /** The same under another process and kind. */
  public UnitFile process(String newProcess, String newKind) {
    return new UnitFile(
        name,
        newProcess,
        newKind,
        before,
        main,
        restart,
        restartSec,
        limit,
        requires,
        language,
        idleLine,
        socket);
  }
}
