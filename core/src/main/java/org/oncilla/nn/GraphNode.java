package org.oncilla.nn;

import java.util.List;

/**
 * A node of a {@link Graph}.
 *
 * @param name its own, unique within the graph
 * @param module what computes it; null for a join
 * @param join what computes it; null for a module
 * @param inputs the names of what it reads
 */
record GraphNode(String name, Module module, Join join, List<String> inputs) {
  GraphNode {
    inputs = List.copyOf(inputs);
    if (name.isEmpty() || name.contains(".") || name.equals(Graph.INPUT)) {
      throw new IllegalArgumentException(
          "Graph: a node cannot be named \""
              + name
              + "\"; names are parts of the paths of parameters, so they are not empty and hold no"
              + " dot, and \""
              + Graph.INPUT
              + "\" is what the graph is given");
    }
    if (join != null && inputs.size() < 2) {
      throw new IllegalArgumentException(
          "Graph: node " + name + " joins at least two others, not " + inputs);
    }
  }
}
