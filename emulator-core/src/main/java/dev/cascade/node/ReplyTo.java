package dev.cascade.node;

/**
 * One open connection as its server sees it: a value that crosses hosts.
 *
 * @param client the process that asked
 * @param connection the client's own number for the connection, unique for the life of the host
 */
public record ReplyTo(Address client, long connection) {}
