package dev.cascade.models.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A Docker daemon; its defaults are those of 1.9 and 1.10.
 *
 * @param removeBy who removes a container of {@code docker run --rm}: the client until 1.12, the
 *     daemon from 1.13 on
 * @param ignoresSigpipe whether daemon and client ignore SIGPIPE, as from 1.12 on
 * @param liveRestore whether containers outlive their daemon; from 1.12 on, if switched on
 * @param load from the daemon's start until it serves
 * @param loadContainer how much longer for each container
 * @param create to make a container
 * @param run to start it
 * @param remove to remove it
 * @param call for any other call
 * @param line CPU for a line that a container writes
 * @param stream CPU for each client that such a line is sent to
 * @param streams clients attached to one container; more are refused
 * @param idleLine between two lines that the daemon logs when nothing happens, in the mean
 * @param layersAtOnce layers of an image that are pulled at once
 * @param layerTries how often one is asked for
 * @param layerPause before the second try; before each further one it is so much longer
 * @param pullTimeout after which an answer of a registry does not come any more
 */
public record DockerConfig(
    @JsonProperty(defaultValue = "client")
        @JsonPropertyDescription("Who removes a container of docker run --rm.")
        RemoveBy removeBy,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether daemon and client ignore SIGPIPE, as from 1.12 on.")
        boolean ignoresSigpipe,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether containers outlive their daemon.")
        boolean liveRestore,
    @Guess("a daemon that reads its graph")
        @JsonProperty(defaultValue = "2s")
        @JsonPropertyDescription("From the daemon's start until it serves.")
        Duration load,
    @Guess("a container's file system that is mounted")
        @JsonProperty(defaultValue = "100ms")
        @JsonPropertyDescription("How much longer for each container.")
        Duration loadContainer,
    @Guess("half of 0.5 s for a start")
        @JsonProperty(defaultValue = "250ms")
        @JsonPropertyDescription("To make a container.")
        Duration create,
    @Guess("half of 0.5 s for a start")
        @JsonProperty(defaultValue = "250ms")
        @JsonPropertyDescription("To start a container.")
        Duration run,
    @Guess("a file system that is unmounted")
        @JsonProperty(defaultValue = "200ms")
        @JsonPropertyDescription("To remove a container.")
        Duration remove,
    @Guess("a call that changes nothing")
        @JsonProperty(defaultValue = "2ms")
        @JsonPropertyDescription("CPU for any other call.")
        Duration call,
    @Guess("JSON that is written to a file")
        @JsonProperty(defaultValue = "25us")
        @JsonPropertyDescription("CPU for a line that a container writes.")
        Duration line,
    @Guess("JSON that is read again and sent on")
        @JsonProperty(defaultValue = "50us")
        @JsonPropertyDescription("CPU for each client that such a line is sent to.")
        Duration stream,
    @Guess("more than watch one container; daemons suffer from twenty")
        @JsonProperty(defaultValue = "100")
        @JsonPropertyDescription("Clients attached to one container; more are refused.")
        int streams,
    @Guess("0.02 lines a second")
        @JsonProperty(defaultValue = "50s")
        @JsonPropertyDescription("Between two lines that it logs when nothing happens.")
        Duration idleLine,
    @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("Layers of an image that are pulled at once.")
        int layersAtOnce,
    @JsonProperty(defaultValue = "5") @JsonPropertyDescription("How often a layer is asked for.")
        int layerTries,
    @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription(
            "Before the second try; before each further one so much longer: docker's xfer/download.go.")
        Duration layerPause,
    @Guess("no time-out is to be seen in docker's client of registries")
        @JsonProperty(defaultValue = "5m")
        @JsonPropertyDescription("After which an answer of a registry does not come any more.")
        Duration pullTimeout) {
  /** Who removes a container that has ended, if it was run with --rm. */
  public enum RemoveBy {
    /** The process that ran it, if it still is there and reaches the daemon. */
    CLIENT,
    /** The daemon. */
    DAEMON
  }

  public DockerConfig {
    Durations.requirePositive("load", load);
    Durations.requirePositive("idleLine", idleLine);
    Durations.requirePositive("layerPause", layerPause);
    Durations.requirePositive("pullTimeout", pullTimeout);
    if (layersAtOnce < 1 || layerTries < 1) {
      throw new IllegalArgumentException(
          "The layersAtOnce ("
              + layersAtOnce
              + ") and the layerTries ("
              + layerTries
              + ") must be at least 1: nothing would be pulled.");
    }
    if (streams < 1) {
      throw new IllegalArgumentException(
          "The streams (" + streams + ") must be at least 1: docker run attaches. Maybe 100?");
    }
  }
}
