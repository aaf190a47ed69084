package org.oncilla.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Modules wired to one another without a cycle. Each node has a name and reads the input or other
 * nodes, in whatever order they are declared:
 *
 * <pre>{@code
 * Graph block =
 *     Graph.builder()
 *         .apply("narrow", new Conv2d(8, 1), Graph.INPUT)
 *         .apply("wide", new Conv2d(8, 3).padding(1), "narrow")
 *         .concat("both", "narrow", "wide")
 *         .apply("expand", new Conv2d(64, 1), "both")
 *         .sum("sum", "expand", Graph.INPUT)
 *         .build("sum");
 * }</pre>
 *
 * <p>A result is freed as soon as the last node that reads it is done, and an activation that alone
 * reads a {@link Linear} or a convolution is folded into that layer's kernel. The parameters of a
 * node are named {@code node.…}. {@link Sequential}, {@link Residual} and {@link Concat} are the
 * usual shapes of graphs with less to write.
 */
public final class Graph extends Composite {
  /** The name of what the graph is given. */
  public static final String INPUT = "input";

  private static final String NODES = "nodes";
  private static final String OUTPUT = "output";
  private static final String APPLY = "apply";

  private final List<GraphNode> nodes;
  private final String output;

  private Graph(List<GraphNode> nodes, String output) {
    super(GraphOrder.of(nodes, output));
    this.nodes = List.copyOf(nodes);
    this.output = output;
  }

  /** A graph to be described node by node. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ModuleConfig config() {
    List<List<String>> described = new ArrayList<>();
    for (GraphNode node : nodes) {
      List<String> words = new ArrayList<>();
      words.add(node.name());
      words.add(node.module() == null ? node.join().type() : APPLY);
      words.addAll(node.inputs());
      described.add(words);
    }
    return new ModuleConfig(
        type(),
        Map.of(NODES, described, OUTPUT, output),
        nodes.stream()
            .map(GraphNode::module)
            .filter(Objects::nonNull)
            .map(Module::config)
            .toList());
  }

  static Graph create(ModuleConfig config) {
    Builder builder = builder();
    List<Module> modules = children(config);
    int used = 0;
    for (List<String> words : config.lists(NODES)) {
      boolean readable = words.size() >= 3;
      boolean applies = readable && words.get(1).equals(APPLY);
      if (!readable || (applies && (words.size() != 3 || used == modules.size()))) {
        throw new IllegalArgumentException(
            "module Graph: node "
                + words
                + " must be a name, \"apply\", \"Sum\" or \"Concat\", and what it reads; there are "
                + modules.size()
                + " modules to apply");
      }
      List<String> inputs = words.subList(2, words.size());
      Module module = applies ? modules.get(used++) : null;
      Join join = applies ? null : Join.of(words.get(1));
      builder.nodes.add(new GraphNode(words.get(0), module, join, inputs));
    }
    return builder.build(config.text(OUTPUT));
  }

  /** Describes a graph node by node. */
  public static final class Builder {
    private final List<GraphNode> nodes = new ArrayList<>();

    private Builder() {}

    /**
     * A node that applies a module.
     *
     * @param name of the node: not empty, without dots, not {@link Graph#INPUT}
     * @param module computes it
     * @param input the name of the node it reads, or {@link Graph#INPUT}
     */
    public Builder apply(String name, Module module, String input) {
      if (module == null) {
        throw new IllegalArgumentException("Graph: the module of node " + name + " is null");
      }
      nodes.add(new GraphNode(name, module, null, List.of(input)));
      return this;
    }

    /**
     * A node that adds results of one shape.
     *
     * @param inputs the names of at least two nodes
     */
    public Builder sum(String name, String... inputs) {
      nodes.add(new GraphNode(name, null, Join.SUM, List.of(inputs)));
      return this;
    }

    /**
     * A node that puts results one after the other along their channels, the first axis of a
     * sample.
     *
     * @param inputs the names of at least two nodes
     */
    public Builder concat(String name, String... inputs) {
      nodes.add(new GraphNode(name, null, Join.CONCAT, List.of(inputs)));
      return this;
    }

    /**
     * The graph.
     *
     * @param output the name of the node whose result is the graph's
     * @throws IllegalArgumentException if a name is used twice or is unknown, nodes read one
     *     another in a cycle, or nothing reads a node
     */
    public Graph build(String output) {
      return new Graph(nodes, output);
    }
  }
}
