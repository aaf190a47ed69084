package org.oncilla.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The walk of backward over the recorded operations, latest first. */
final class Autograd {
  private Autograd() {}

  /**
   * Runs backward from a root.
   *
   * @param gradient of the root
   * @throws IllegalStateException if a part of the graph cannot run, before any gradient changed
   */
  static void run(Node root, Tensor gradient) {
    List<Node> nodes = reachable(root);
    nodes.forEach(Node::requireRunnable);
    nodes.sort(Comparator.comparingLong(Node::sequence).reversed());
    try (NoGrad off = NoGrad.open()) {
      root.slot().pass(gradient);
      nodes.forEach(Node::run);
    } finally {
      nodes.forEach(node -> node.slot().release());
    }
  }

  private static List<Node> reachable(Node root) {
    List<Node> nodes = new ArrayList<>();
    Set<Node> seen = new HashSet<>(Set.of(root));
    Deque<Node> pending = new ArrayDeque<>(seen);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      nodes.add(node);
      for (Node producer : node.producers()) {
        if (producer != null && seen.add(producer)) {
          pending.push(producer);
        }
      }
    }
    return nodes;
  }
}
