package org.oncilla.tensor;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** The walk of backward over the recorded operations, latest first. */
final class Autograd {
  private Autograd() {}

  /** Runs backward from a root whose slot already holds its gradient. */
  static void run(Node root) {
    PriorityQueue<Node> pending =
        new PriorityQueue<>(Comparator.comparingLong(Node::sequence).reversed());
    Set<Node> seen = new HashSet<>();
    pending.add(root);
    seen.add(root);
    try (NoGrad off = NoGrad.open()) {
      while (!pending.isEmpty()) {
        Node node = pending.poll();
        for (Node producer : node.producers()) {
          if (producer != null && seen.add(producer)) {
            pending.add(producer);
          }
        }
        node.run();
      }
    } finally {
      seen.forEach(node -> node.slot().release());
    }
  }
}
