package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.systemd.Restart;
import dev.cascade.models.systemd.StartLimit;
import dev.cascade.models.systemd.UnitFile;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * The unit of a daemon that comes with the machine.
 *
 * @param restart Restart=; CoreOS's units of etcd and fleet say always
 * @param restartSec RestartSec=; 10 s in CoreOS's units of etcd and fleet
 * @param startLimit of its starts
 * @param idleLine between two lines that it logs when nothing happens
 * @param ignoresSigpipe whether it is built with Go 1.6 or later
 */
public record DaemonConfig(
    @JsonProperty(defaultValue = "always")
        @JsonPropertyDescription("After which ends it is started again.")
        Restart restart,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("From its end to its next start; CoreOS's units say so.")
        Duration restartSec,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("Of its starts.")
        StartLimit startLimit,
    @Guess("one line in two minutes")
        @JsonProperty(defaultValue = "2m")
        @JsonPropertyDescription("Between two lines that it logs when nothing happens.")
        Duration idleLine,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it is built with Go 1.6 or later.")
        boolean ignoresSigpipe) {
  /** A unit of this kind. */
  UnitFile unit(UnitFile file) {
    return file.restart(restart, restartSec, startLimit)
        .logs(
            ignoresSigpipe ? UnitFile.Language.IGNORES_SIGPIPE : UnitFile.Language.GO_BEFORE_1_6,
            idleLine);
  }
}
