package org.oncilla.optim;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.ParameterArena;

/**
 * Consecutive weights of an arena with the same settings.
 *
 * @param from first weight
 * @param length number of weights
 * @param learningRateFactor on the optimizer's learning rate
 * @param weightDecay of these weights
 */
record GroupRange(int from, int length, double learningRateFactor, double weightDecay) {
  /** The ranges that groups divide an arena into, as few as there can be. */
  static List<GroupRange> resolve(
      String optimizer, ParameterArena arena, List<ParameterGroup> groups, double weightDecay) {
    List<Parameter> parameters = arena.list();
    groups.forEach(group -> requireMembers(optimizer, group, parameters));
    if (groups.isEmpty()) {
      return List.of(new GroupRange(0, arena.values().shape().length(), 1, weightDecay));
    }
    List<GroupRange> ranges = new ArrayList<>();
    int from = 0;
    for (Parameter parameter : parameters) {
      ParameterGroup group = groupOf(optimizer, parameter, groups);
      GroupRange range =
          new GroupRange(
              from,
              parameter.shape().length(),
              group == null ? 1 : group.learningRateFactor(),
              group == null ? weightDecay : group.weightDecayOr(weightDecay));
      from += range.length;
      append(ranges, range);
    }
    return List.copyOf(ranges);
  }

  private static void append(List<GroupRange> ranges, GroupRange next) {
    GroupRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (last != null
        && last.learningRateFactor == next.learningRateFactor
        && last.weightDecay == next.weightDecay) {
      ranges.set(
          ranges.size() - 1,
          new GroupRange(
              last.from, last.length + next.length, last.learningRateFactor, last.weightDecay));
    } else {
      ranges.add(next);
    }
  }

  private static ParameterGroup groupOf(
      String optimizer, Parameter parameter, List<ParameterGroup> groups) {
    ParameterGroup found = null;
    for (ParameterGroup group : groups) {
      if (group.contains(parameter)) {
        if (found != null) {
          throw new IllegalArgumentException(
              optimizer
                  + ": parameter "
                  + parameter.name()
                  + " is in two groups, \""
                  + found.name()
                  + "\" and \""
                  + group.name()
                  + "\"; a parameter may be in one only");
        }
        found = group;
      }
    }
    return found;
  }

  private static void requireMembers(
      String optimizer, ParameterGroup group, List<Parameter> parameters) {
    List<String> present = parameters.stream().map(Parameter::name).toList();
    for (String name : group.names()) {
      if (!present.contains(name)) {
        throw new IllegalArgumentException(
            optimizer + ": there is no parameter " + name + " to group; the model has " + present);
      }
    }
    if (parameters.stream().noneMatch(group::contains)) {
      throw new IllegalArgumentException(
          optimizer
              + ": the group \""
              + group.name()
              + "\" matches no parameter; the model has "
              + present);
    }
  }
}
