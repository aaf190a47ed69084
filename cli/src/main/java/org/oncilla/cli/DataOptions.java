package org.oncilla.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncilla.datasets.DataSources;
import org.oncilla.datasets.PublishedDataset;
import picocli.CommandLine.Option;

/** Which data set, and where to look for it. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      description =
          "mnist, fashion-mnist, cifar10, or idx for four files of your own in the format of MNIST,"
              + " which --data-dir holds.")
  String name;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "A folder with the data set's files, plain or .gz (the same as -Doncilla.data.dir=DIR;"
              + " otherwise they are looked for on this machine, then fetched).")
  Path directory;

  /** The data set that was asked for. */
  DataChoice choose(BaseCommand command, PropertyScope scope) {
    if (name == null) {
      throw command.usage("--data is missing; the choices are " + choices());
    }
    return named(command, scope, name);
  }

  /** The data set that was asked for, else the one that a model was trained on. */
  DataChoice choose(BaseCommand command, PropertyScope scope, ModelFile file) {
    String saved = file.state(ModelInput.DATA);
    if (name == null && saved == null) {
      throw command.usage(
          file.path()
              + " does not say which data set it was trained on; name it with --data, one of "
              + choices());
    }
    return named(command, scope, name == null ? saved : name);
  }

  /** The data set that was asked for, if one was. */
  DataChoice chooseIfGiven(BaseCommand command, PropertyScope scope) {
    return name == null ? null : named(command, scope, name);
  }

  private DataChoice named(BaseCommand command, PropertyScope scope, String wanted) {
    if (directory != null) {
      scope.set(DataSources.DIRECTORY_PROPERTY, directory.toString());
    }
    if (wanted.equals(IdxFolder.NAME)) {
      String folder = System.getProperty(DataSources.DIRECTORY_PROPERTY);
      if (folder == null) {
        throw command.usage("--data idx needs --data-dir DIR, the folder with the IDX files");
      }
      return new IdxFolder(Path.of(folder));
    }
    PublishedDataset dataset =
        PublishedDataset.all().stream()
            .filter(known -> known.name().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    command.usage(
                        "--data " + wanted + " is unknown; the choices are " + choices()));
    return new DataChoice.Published(dataset, DataSources.standard());
  }

  static String choices() {
    List<String> published = PublishedDataset.all().stream().map(PublishedDataset::name).toList();
    return Stream.concat(published.stream(), Stream.of(IdxFolder.NAME))
        .collect(Collectors.joining(", "));
  }
}
