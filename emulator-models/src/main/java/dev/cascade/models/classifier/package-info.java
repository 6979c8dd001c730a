/**
 * An external node classifier kept in a file, as Puppet's is: which nodes there are, of which
 * classes and profile, and which profile each service needs. Jobs change it, others read it. It
 * leaves out everything else that such a file says, and programs that compute it.
 */
@NullMarked
package dev.cascade.models.classifier;

import org.jspecify.annotations.NullMarked;
