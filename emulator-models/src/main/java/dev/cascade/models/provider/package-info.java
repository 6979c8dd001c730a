/**
 * A hosting provider's virtual addresses, and the interface by which its customers move them from
 * one of their hosts to another: slow, one after the other, and with limits. It leaves out the
 * routing protocols beneath; a move costs the time that providers say it takes.
 */
@NullMarked
package dev.cascade.models.provider;

import org.jspecify.annotations.NullMarked;
