/**
 * How measurements come into a monitoring service: senders over several protocols, load-balancer
 * nodes with a profile and a firewall, a canary whose results travel the same way, alarms over what
 * was stored, and people. It leaves out the values of measurements, parsing, and TLS; a batch is
 * one request, over a connection of its own.
 */
@NullMarked
package dev.cascade.models.ingestion;

import org.jspecify.annotations.NullMarked;
