package org.oncilla.datasets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a published data set and where they come from.
 *
 * @param name of the data set, and of its folders
 * @param title as its makers write it
 * @param files all of them
 * @param systemFolders where systems install them
 * @param mirrors folders on the web; each ends in a slash
 * @param layout how a folder of the user's or of a system may hold them
 * @param packages makes sources from packages
 * @param advice what to do where no source worked
 * @param forOwnData what to use for data of one's own
 */
record Origin(
    String name,
    String title,
    List<DataFile> files,
    List<Path> systemFolders,
    List<URI> mirrors,
    FolderLayout layout,
    Packages packages,
    String advice,
    String forOwnData) {
  /** Sources that are packages of some registry. */
  @FunctionalInterface
  interface Packages {
    /**
     * The sources.
     *
     * @param staging a folder for them to work in
     * @param commands the programs there are
     */
    List<FileSource> sources(Path staging, Commands commands);
  }
}
