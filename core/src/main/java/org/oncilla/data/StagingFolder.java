package org.oncilla.data;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder for what a fetch leaves on its way, deleted with all it holds when closed. */
final class StagingFolder implements AutoCloseable {
  private static final String PREFIX = ".fetch-";

  private final Path path;

  private StagingFolder(Path path) {
    this.path = path;
  }

  /**
   * A new folder within another, which is created if need be.
   *
   * @param parent on the disk that the files will stay on
   */
  static StagingFolder in(Path parent) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    return new StagingFolder(Files.createTempDirectory(parent, PREFIX));
  }

  /** Deletes what a fetch that was killed left a day ago or earlier. */
  private static void deleteAbandoned(Path parent) throws IOException {
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    for (Path folder : list(parent)) {
      if (folder.getFileName().toString().startsWith(PREFIX)
          && Files.getLastModifiedTime(folder).toInstant().isBefore(yesterday)) {
        delete(folder);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.collect(Collectors.toList());
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
