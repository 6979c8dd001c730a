/**
 * Users: they ask for paths at a rate, or one after the other, and send again what fails. It leaves
 * out sessions, and connections that stay open.
 */
@NullMarked
package dev.cascade.models.load;

import org.jspecify.annotations.NullMarked;
