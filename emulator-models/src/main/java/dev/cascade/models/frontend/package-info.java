/**
 * Reverse proxies whose backends are keys in etcd, as confd writes them into nginx's or HAProxy's
 * configuration.
 */
@NullMarked
package dev.cascade.models.frontend;

import org.jspecify.annotations.NullMarked;
