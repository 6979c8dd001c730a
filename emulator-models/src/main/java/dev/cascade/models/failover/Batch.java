package dev.cascade.models.failover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A batch of moves: what waits, what has been asked for, what is done. */
final class Batch {
  private final ArrayDeque<Plan.Move> waiting;
  private final List<Plan.Move> open = new ArrayList<>();
  private int moved;

  Batch(Progress progress) {
    waiting = new ArrayDeque<>(progress.left());
    moved = progress.moved();
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  int open() {
    return open.size();
  }

  int moved() {
    return moved;
  }

  boolean isDone() {
    return waiting.isEmpty() && open.isEmpty();
  }

  Plan.Move next() {
    Plan.Move move = waiting.removeFirst();
    open.add(move);
    return move;
  }

  void ended(Plan.Move move, boolean done) {
    open.remove(move);
    moved += done ? 1 : 0;
  }

  /** Nothing more is begun but that this one goes back. */
  void turnBack(Plan.Move move, Plan.Move back) {
    waiting.clear();
    open.remove(move);
    open.add(back);
  }

  Progress progress() {
    List<Plan.Move> left = new ArrayList<>(open);
    left.addAll(waiting);
    return new Progress(left, moved);
  }
}
