package dev.cascade.run;

/** A run's folder is not there, or cannot be read or written. */
public final class RunFolderException extends RuntimeException {
  RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }

  RunFolderException(String message) {
    super(message);
  }
}
