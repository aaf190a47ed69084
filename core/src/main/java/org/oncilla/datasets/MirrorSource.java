package org.oncilla.datasets;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set's public mirrors: folders on the web that hold its files in gzip. All are asked at
 * once which of them answers, so that a machine without network is held up by one timeout, however
 * many mirrors there are.
 */
final class MirrorSource implements FileSource {
  /** How long mirrors have to answer at all. */
  static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

  /** How long a download may bring nothing before it is given up. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(20);

  private final List<URI> mirrors;
  private final Duration answerLimit;
  private final Duration stallLimit;

  MirrorSource(List<URI> mirrors) {
    this(mirrors, ANSWER_LIMIT, STALL_LIMIT);
  }

  MirrorSource(List<URI> mirrors, Duration answerLimit, Duration stallLimit) {
    this.mirrors = mirrors;
    this.answerLimit = answerLimit;
    this.stallLimit = stallLimit;
  }

  @Override
  public String description() {
    return "the public mirrors";
  }

  @Override
  public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException, InterruptedException {
    if (mirrors.isEmpty()) {
      throw new IOException("there are none");
    }
    try (Downloads downloads = new Downloads(answerLimit, stallLimit)) {
      List<String> reasons = new ArrayList<>();
      List<URI> probes = mirrors.stream().map(mirror -> address(mirror, files.get(0))).toList();
      Map<URI, String> problems = downloads.probe(probes);
      for (URI mirror : mirrors) {
        String problem = problems.get(address(mirror, files.get(0)));
        if (problem == null) {
          try {
            return download(downloads, mirror, files);
          } catch (IOException e) {
            problem = e.getMessage();
          }
        }
        reasons.add(mirror + " (" + problem + ")");
      }
      throw new IOException("none could be used: " + String.join(", ", reasons));
    }
  }

  private static Map<DataFile, byte[]> download(
      Downloads downloads, URI mirror, List<DataFile> files)
      throws IOException, InterruptedException {
    Map<DataFile, byte[]> contents = new LinkedHashMap<>();
    for (DataFile file : files) {
      URI address = address(mirror, file);
      byte[] bytes = downloads.get(address, (int) file.compressedLimit());
      contents.put(file, file.verified(address.toString(), bytes));
    }
    return contents;
  }

  private static URI address(URI mirror, DataFile file) {
    return mirror.resolve(file.name() + ".gz");
  }
}
