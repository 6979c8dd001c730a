/**
 * A server that answers HTTP requests: n threads behind one bounded queue, each request for some
 * CPU and some waiting. It leaves out connections that stay open, bodies, and calls to others.
 */
@NullMarked
package dev.cascade.models.service;

import org.jspecify.annotations.NullMarked;
