/**
 * What lies under the actors: dispatcher, scheduler, mailboxes, CPU, hosts and shards. The only
 * package that knows Pekko's internals.
 */
@NullMarked
package dev.cascade.engine;

import org.jspecify.annotations.NullMarked;
