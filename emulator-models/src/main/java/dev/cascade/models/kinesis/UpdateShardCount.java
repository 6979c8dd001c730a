package dev.cascade.models.kinesis;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Operation;
import java.time.Duration;

/** An operator asks for more shards. */
final class UpdateShardCount implements Action<KinesisConfig, UpdateShardCount.Parameters> {
  /**
   * The step's own keys.
   *
   * @param shards that are to be open
   */
  record Parameters(
      @JsonPropertyDescription("Shards that are to be open; no more than twice as many at once.")
          int shards) {
    Parameters {
      if (shards < 1 || shards > KinesisConfig.MAX_SHARDS) {
        throw new IllegalArgumentException(
            "The shards (" + shards + ") must be 1 to " + KinesisConfig.MAX_SHARDS + ".");
      }
    }
  }

  @Override
  public String name() {
    return "update-shard-count";
  }

  @Override
  public String summary() {
    return "Splits shards until so many are open; only records that come later go to the new ones.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public void perform(Operation<KinesisConfig> operation, Parameters parameters) {
    for (HostInfo host : operation.hosts()) {
      operation.command(
          Address.of(host.name(), KinesisModel.PROCESS),
          new Wire.UpdateShardCount(parameters.shards()),
          Duration.ZERO);
    }
  }
}
