package dev.cascade.trespass;

import org.apache.pekko.dispatch.Mailbox;

/** A second package to break when Pekko changes. */
final class UsesPekkosInternals {
  boolean isClosed(Mailbox mailbox) {
    return mailbox.isClosed();
  }
}
