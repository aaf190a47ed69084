package org.oncilla.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A place where a data set's files may be. */
interface FileSource {
  /** The place as a user would name it, such as "the folder /data". */
  String description();

  /**
   * Brings files into memory.
   *
   * @return each file's checked content, uncompressed
   * @throws IOException if not all of them are to be had, with the reason
   */
  Map<DataFile, byte[]> read(List<DataFile> files) throws IOException, InterruptedException;
}
