/** What caches and their clients say to each other, after memcached's meta commands. */
@NullMarked
package dev.cascade.models.memcache;

import org.jspecify.annotations.NullMarked;
