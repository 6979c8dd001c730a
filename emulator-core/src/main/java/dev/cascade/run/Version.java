package dev.cascade.run;

import org.jspecify.annotations.Nullable;

/** This build's version. */
public final class Version {
  private Version() {}

  /** As its jar says; {@code development} where there is none. */
  public static String of() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
