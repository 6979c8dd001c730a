/**
 * A server that answers HTTP requests: n threads behind one bounded queue, each request for some
 * CPU and some waiting, and then for calls to others. It leaves out connections that stay open, and
 * bodies.
 */
@NullMarked
package dev.cascade.models.service;

import org.jspecify.annotations.NullMarked;
