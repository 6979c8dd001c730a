package dev.cascade.models.machine;

import java.util.Locale;

/** What systemd says of a unit; its transitions are in {@code models.systemd}. */
public enum UnitState {
  /** It does not run, and nothing is wrong. */
  INACTIVE,
  /** Its steps before the start run. */
  ACTIVATING,
  /** Its main process runs. */
  ACTIVE,
  /** It was told to stop, and its main process still runs. */
  DEACTIVATING,
  /** It has ended, and is started again when its RestartSec is over. */
  AUTO_RESTART,
  /** It has ended badly, and stays so until somebody starts it. */
  FAILED;

  /** The word that the metrics and events use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
