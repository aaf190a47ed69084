package org.oncilla.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the nodes of a graph and finds an order in which they can be computed. */
final class GraphOrder {
  private final Map<String, GraphNode> nodes = new LinkedHashMap<>();

  private GraphOrder(List<GraphNode> declared) {
    for (GraphNode node : declared) {
      if (nodes.put(node.name(), node) != null) {
        throw new IllegalArgumentException(
            "Graph: two nodes are named " + node.name() + "; each needs a name of its own");
      }
    }
  }

  /** The first declared of the nodes that can be computed comes first. */
  static Dataflow of(List<GraphNode> declared, String output) {
    GraphOrder order = new GraphOrder(declared);
    order.requireKnown(output);
    order.requireRead(output);
    List<Dataflow.Step> steps = new ArrayList<>();
    Map<String, Integer> values = new HashMap<>(Map.of(Graph.INPUT, Dataflow.INPUT));
    while (steps.size() < order.nodes.size()) {
      GraphNode next = order.next(values);
      int[] sources = next.inputs().stream().mapToInt(values::get).toArray();
      steps.add(new Dataflow.Step(next.name(), next.module(), next.join(), sources));
      values.put(next.name(), steps.size());
    }
    return new Dataflow(steps, values.get(output));
  }

  private void requireKnown(String output) {
    if (!nodes.containsKey(output)) {
      throw new IllegalArgumentException(
          "Graph: the output \"" + output + "\" is no node; the nodes are " + nodes.keySet());
    }
    for (GraphNode node : nodes.values()) {
      for (String input : node.inputs()) {
        if (!input.equals(Graph.INPUT) && !nodes.containsKey(input)) {
          throw new IllegalArgumentException(
              "Graph: node "
                  + node.name()
                  + " reads \""
                  + input
                  + "\", which is no node; the nodes are "
                  + nodes.keySet()
                  + ", and \""
                  + Graph.INPUT
                  + "\" is what the graph is given");
        }
      }
    }
  }

  private void requireRead(String output) {
    Set<String> read = new HashSet<>(Set.of(output));
    nodes.values().forEach(node -> read.addAll(node.inputs()));
    for (String name : nodes.keySet()) {
      if (!read.contains(name)) {
        throw new IllegalArgumentException(
            "Graph: nothing reads node "
                + name
                + ", and it is not the output "
                + output
                + "; remove it or let a sum or concat read it");
      }
    }
  }

  private GraphNode next(Map<String, Integer> computed) {
    for (GraphNode node : nodes.values()) {
      if (!computed.containsKey(node.name()) && computed.keySet().containsAll(node.inputs())) {
        return node;
      }
    }
    throw new IllegalArgumentException(
        "Graph: the nodes "
            + cycle(computed)
            + " read one another in a cycle, so none can be computed first");
  }

  /** Walks from reader to what it waits for until a node comes again. */
  private String cycle(Map<String, Integer> computed) {
    List<String> walk = new ArrayList<>();
    String at =
        nodes.keySet().stream()
            .filter(name -> !computed.containsKey(name))
            .findFirst()
            .orElseThrow();
    while (!walk.contains(at)) {
      walk.add(at);
      at =
          nodes.get(at).inputs().stream()
              .filter(input -> !computed.containsKey(input))
              .findFirst()
              .orElseThrow();
    }
    return String.join(" <- ", walk.subList(walk.indexOf(at), walk.size())) + " <- " + at;
  }
}
