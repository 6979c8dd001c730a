package dev.cascade.models.load;

import dev.cascade.models.keys.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the configuration alone, and may be large: made once, shared by all hosts.
 *
 * @param keys what requests ask for; null if they do not say
 * @param users when virtual users come and go; null if there are none who do
 */
record Tables(@Nullable Keys keys, @Nullable List<UserSchedule.Step> users) {
  static Tables of(LoadConfig config) {
    return new Tables(
        config.keys() == null ? null : new Keys(config.keys()),
        config.startVus() == null
            ? null
            : List.copyOf(UserSchedule.steps(config.startVus(), config.stages())));
  }
}
