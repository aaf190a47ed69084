package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A package of Debian or Ubuntu, downloaded with apt and unpacked without being installed, which
 * needs no rights of root.
 *
 * @param packageName such as dataset-fashion-mnist
 * @param folder within the package that holds the files
 * @param staging where the package is unpacked meanwhile
 */
record DebianSource(String packageName, String folder, Path staging, Commands commands)
    implements FileSource {
  private static final String APT = "apt-get";
  private static final String DPKG = "dpkg-deb";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public String description() {
    return "the Debian package " + packageName;
  }

  @Override
  public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException, InterruptedException {
    for (String program : List.of(APT, DPKG)) {
      if (commands.find(program).isEmpty()) {
        throw new IOException(program + " is not installed");
      }
    }
    try (StagingFolder stage = StagingFolder.in(staging, files)) {
      download(stage.path());
      Path unpacked = stage.path().resolve("unpacked");
      commands.run(
          stage.path(),
          LIMIT,
          DPKG,
          List.of("-x", stage.single(".deb", APT).toString(), unpacked.toString()));
      return new FolderSource("the package's folder", unpacked.resolve(folder), FolderLayout.PLAIN)
          .read(files);
    }
  }

  /** Downloads with the machine's package lists or, where these are missing, with lists of ours. */
  private void download(Path stage) throws IOException, InterruptedException {
    try {
      apt(stage, List.of(), "download", packageName);
    } catch (IOException withMachineLists) {
      Path lists = Files.createDirectories(stage.resolve("lists").resolve("partial")).getParent();
      Path cache = Files.createDirectories(stage.resolve("cache").resolve("archives/partial"));
      List<String> own =
          List.of(
              "-o",
              "Dir::State::lists=" + lists,
              "-o",
              "Dir::Cache=" + cache.getParent().getParent());
      try {
        apt(stage, own, "update");
        apt(stage, own, "download", packageName);
      } catch (IOException withOwnLists) {
        withOwnLists.addSuppressed(withMachineLists);
        throw new IOException(
            withMachineLists.getMessage()
                + "; with fresh package lists: "
                + withOwnLists.getMessage(),
            withOwnLists);
      }
    }
  }

  private void apt(Path stage, List<String> options, String... action)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-q", "-o", "Acquire::Retries=0"));
    arguments.addAll(List.of("-o", "Acquire::http::Timeout=10", "-o", "APT::Sandbox::User=root"));
    arguments.addAll(options);
    arguments.addAll(List.of(action));
    commands.run(stage, LIMIT, APT, arguments);
  }
}
