package org.oncilla.datasets;

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
import org.oncilla.file.CacheFolder;

/** A folder for what a fetch leaves on its way, deleted with all it holds when closed. */
final class StagingFolder implements AutoCloseable {
  private static final String PREFIX = ".fetch-";

  /** The unpacked files and the package itself, in sizes of the former. */
  private static final double PACKAGE_FACTOR = 1.25;

  private final Path path;

  private StagingFolder(Path path) {
    this.path = path;
  }

  /**
   * A new folder within another, which is created if need be.
   *
   * @param parent on the disk that the files will stay on
   * @param files that it is for
   * @throws IOException if there is no room for them: package clients are known to leave half of a
   *     file then, and to report success
   */
  static StagingFolder in(Path parent, List<DataFile> files) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    long needed = (long) (files.stream().mapToLong(DataFile::size).sum() * PACKAGE_FACTOR);
    long free = Files.getFileStore(parent).getUsableSpace();
    if (free < needed) {
      throw new IOException(
          "no room on the disk of "
              + parent
              + ": "
              + needed
              + " bytes are needed but only "
              + free
              + " are free; make room, or choose another cache with -D"
              + CacheFolder.PROPERTY
              + "=FOLDER");
    }
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

  /**
   * The file that a program put here.
   *
   * @param ending of its name
   * @param program for the message
   * @throws IOException if there is none
   */
  Path single(String ending, String program) throws IOException {
    return list(path).stream()
        .filter(file -> file.toString().endsWith(ending))
        .findFirst()
        .orElseThrow(() -> new IOException(program + " downloaded no file *" + ending));
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
