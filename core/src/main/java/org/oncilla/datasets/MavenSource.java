package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An artifact of a Maven repository, fetched with the Maven client, which knows the user's
 * repositories and keeps the artifact in its own.
 *
 * @param artifact groupId:artifactId:version
 * @param layout how a folder with the artifact's jar holds the files
 * @param staging where the jar is meanwhile
 */
record MavenSource(String artifact, FolderLayout layout, Path staging, Commands commands)
    implements FileSource {
  private static final String MAVEN = "mvn";
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public String description() {
    return "the Maven artifact " + artifact;
  }

  @Override
  public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException, InterruptedException {
    if (commands.find(MAVEN).isEmpty()) {
      throw new IOException("mvn is not installed");
    }
    try (StagingFolder stage = StagingFolder.in(staging, files)) {
      commands.run(
          stage.path(),
          LIMIT,
          MAVEN,
          List.of(
              "--batch-mode",
              "--quiet",
              "--no-transfer-progress",
              COPY,
              "-Dartifact=" + artifact,
              "-DoutputDirectory=" + stage.path()));
      Path jar = stage.single(".jar", MAVEN);
      return new FolderSource("the folder", jar.getParent(), layout).read(files);
    }
  }
}
