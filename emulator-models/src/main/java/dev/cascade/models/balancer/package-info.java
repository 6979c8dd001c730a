/**
 * A software load balancer: a proxy on hosts of its own that takes requests and makes them anew to
 * one of the hosts behind it. Words, defaults and rules are Envoy's. It leaves out connections that
 * stay open, weights, zones, subsets, priorities, slow start and retries.
 */
@NullMarked
package dev.cascade.models.balancer;

import org.jspecify.annotations.NullMarked;
