/**
 * What lies between hosts: links with latency, loss, duplication and bandwidth, and what befalls
 * them.
 */
@NullMarked
package dev.cascade.network;

import org.jspecify.annotations.NullMarked;
