/** What HTTP clients, proxies and servers say to each other, the same for all models. */
@NullMarked
package dev.cascade.models.http;

import org.jspecify.annotations.NullMarked;
