package dev.cascade.models.systemd;

import java.util.TreeMap;

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

  /** By process: as many as there are names of processes. */
  private final TreeMap<String, Connection> connections = new TreeMap<>();

  /** Connects a process that is started now; the one of that name before it has ended. */
  Connection connect(String process) {
    Connection connection = new Connection();
    connections.put(process, connection);
    return connection;
  }

  /** journald has ended, and its table with it. */
  void lost() {
    connections.values().forEach(connection -> connection.broken = true);
    connections.clear();
  }
}
