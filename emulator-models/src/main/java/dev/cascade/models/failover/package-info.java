/**
 * Automation that keeps virtual addresses on nodes that may have them: it loads a classifier,
 * checks the nodes' health, and moves what is on a wrong or a sick node by a provider's interface,
 * beside jobs that change the classifier. It leaves out all else that such a tool does, and who
 * writes it.
 */
@NullMarked
package dev.cascade.models.failover;

import org.jspecify.annotations.NullMarked;
