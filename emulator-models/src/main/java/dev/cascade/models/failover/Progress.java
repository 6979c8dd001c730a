package dev.cascade.models.failover;

import java.util.List;

/**
 * What is left of a batch, as it is kept on a disk.
 *
 * @param left moves that have not been acknowledged
 * @param moved how many have
 */
record Progress(List<Plan.Move> left, int moved) {
  Progress {
    left = List.copyOf(left);
  }
}
