/**
 * How a server calls others: a client library with connections, time-outs, retries, a circuit
 * breaker and hedging. It leaves out connections that stay open between calls, so that a new one
 * costs what any request costs, and rate limiters. Words are Envoy's, gRPC's and resilience4j's.
 */
@NullMarked
package dev.cascade.models.call;

import org.jspecify.annotations.NullMarked;
