package dev.cascade.models.systemd;

import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's end of journald's stream sockets, one for each process whose standard output is the
 * journal. They live as long as the journald that holds them: a connection that is made while there
 * is none waits for the next, as systemd keeps the listening socket.
 */
public final class Journal {
  /** One process's standard output. */
  static final class Connection {
    private boolean broken;

    /** Whether each write gets EPIPE. */
    boolean isBroken() {
      return broken;
    }
  }

  private List<Connection> connections = new ArrayList<>();

  /** Connects a process that is started now. */
  Connection connect() {
    Connection connection = new Connection();
    connections.add(connection);
    return connection;
  }

  /** A process has ended. */
  void close(Connection connection) {
    connections.remove(connection);
  }

  /** journald has ended, and its table with it. */
  void lost() {
    connections.forEach(connection -> connection.broken = true);
    connections = new ArrayList<>();
  }
}
