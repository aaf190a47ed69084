package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.file.CacheFolder;
import org.oncilla.file.Gzip;
import org.slf4j.LoggerFactory;

class DataSourcesTest {
  @TempDir Path folder;

  private final TinyDataset tiny = new TinyDataset();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private DataSources sources;
  private Path cached;

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(DataSources.class)).addAppender(log);
    sources = DataSources.standard().withCache(folder.resolve("cache")).withSearchPath("");
    cached = folder.resolve("cache/datasets/tiny");
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(DataSources.class)).detachAppender(log);
  }

  private List<String> logged(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private FileSource working(String name) {
    return source(
        name,
        files -> {
          fetches.incrementAndGet();
          Map<DataFile, byte[]> contents = new LinkedHashMap<>();
          for (int i = 0; i < files.size(); i++) {
            contents.put(files.get(i), tiny.contents(i));
          }
          return contents;
        });
  }

  private static FileSource failing(String name, String reason) {
    return source(
        name,
        files -> {
          throw new IOException(reason);
        });
  }

  @FunctionalInterface
  private interface Reader {
    Map<DataFile, byte[]> read(List<DataFile> files) throws IOException;
  }

  private static FileSource source(String name, Reader reader) {
    return new FileSource() {
      @Override
      public String description() {
        return name;
      }

      @Override
      public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException {
        return reader.read(files);
      }
    };
  }

  private PublishedDataset with(FileSource... remote) {
    return tiny.packages((staging, commands) -> List.of(remote)).build();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aGivenFolderComesFirst() throws IOException {
    tiny.writeTo(cached, false);
    Path given = tiny.writeTo(folder.resolve("given"), true);
    ImageDataset train = with().train(sources.withDirectory(given));
    assertThat(train.source()).isEqualTo("the given folder " + given);
    assertThat(train.size()).isEqualTo(3);
    assertThat(train.label(1)).isEqualTo(1);
    assertThat(train.pixels(0)).containsExactly(16 * 7, 17 * 7, 18 * 7 - 256, 19 * 7 - 256);
    assertThat(with().test(sources.withDirectory(given)).size()).isEqualTo(2);
    assertThat(logged(Level.INFO))
        .as("once for both parts")
        .containsExactly("Tiny: from the given folder " + given);
  }

  @Test
  void aGivenFolderMayHoldAFolderOfTheName() throws IOException {
    Path inner = tiny.writeTo(folder.resolve("given/tiny"), false);
    ImageDataset train = with().train(DataSources.directory(folder.resolve("given")));
    assertThat(train.source()).isEqualTo("the given folder " + inner);
  }

  @Test
  void filesMayBeSpelledWithADot() throws IOException {
    Path given = tiny.writeTo(folder.resolve("given"), false);
    for (String name : names(given)) {
      Files.move(given.resolve(name), given.resolve(name.replace("-idx", ".idx")));
    }
    assertThat(with().train(DataSources.directory(given)).size()).isEqualTo(3);
  }

  @Test
  void theFolderOfThePropertyIsUsed() throws IOException {
    Path given = tiny.writeTo(folder.resolve("given"), false);
    System.setProperty(DataSources.DIRECTORY_PROPERTY, given.toString());
    System.setProperty(CacheFolder.PROPERTY, folder.resolve("other").toString());
    try {
      assertThat(with().train(DataSources.standard()).source())
          .isEqualTo("the given folder " + given);
      System.clearProperty(DataSources.DIRECTORY_PROPERTY);
      Path other = tiny.writeTo(folder.resolve("other/datasets/tiny"), false);
      assertThat(with().train(DataSources.standard()).source()).isEqualTo("the cache " + other);
    } finally {
      System.clearProperty(DataSources.DIRECTORY_PROPERTY);
      System.clearProperty(CacheFolder.PROPERTY);
    }
  }

  @Test
  void aGivenFolderThatDoesNotExist() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> with().train(sources.withDirectory(missing)))
        .isInstanceOf(DataException.class)
        .hasMessage("Tiny: there is no folder " + missing + "; name the one with the files");
  }

  @Test
  void aGivenFolderWithoutTheFilesIsPassedOverAloud() throws IOException {
    tiny.writeTo(cached, false);
    ImageDataset train = with().train(sources.withDirectory(folder));
    assertThat(train.source()).isEqualTo("the cache " + cached);
    assertThat(logged(Level.WARN)).hasSize(1);
    assertThat(logged(Level.WARN).get(0))
        .contains("the given folder " + folder)
        .contains("it holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz");
  }

  @Test
  void aFolderThatIsTheOnlySourceMustHoldTheFiles() {
    assertThatThrownBy(() -> with(working("web")).train(DataSources.directory(folder)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Tiny was not found. Tried:\n  1. the given folder " + folder)
        .hasMessageContaining("it holds neither train-images-idx3-ubyte");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void anAlteredFileInAGivenFolderIsAnError() throws IOException {
    Path given = tiny.writeTo(folder.resolve("given"), false);
    byte[] altered = tiny.contents(1).clone();
    altered[9] = 0;
    Path file = Files.write(given.resolve("train-labels-idx1-ubyte"), altered);
    assertThatThrownBy(() -> with(working("web")).train(sources.withDirectory(given)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Tiny: " + file + ": expected MD5 " + tiny.files().get(1).md5())
        .hasMessageContaining("but found " + DataFile.md5(altered))
        .hasMessageContaining("Replace the file")
        .hasMessageEndingWith("for data of your own, use IdxFile and ImageDataset.ofIdx");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void aTruncatedFileInAGivenFolderIsAnError() throws IOException {
    Path given = tiny.writeTo(folder.resolve("given"), false);
    Path file = Files.write(given.resolve("train-images-idx3-ubyte"), new byte[12]);
    assertThatThrownBy(() -> with().train(DataSources.directory(given)))
        .hasMessageContaining(file + ": expected 28 bytes (uncompressed) but found 12 bytes");
    Files.delete(file);
    Path gzip = given.resolve("train-images-idx3-ubyte.gz");
    Files.write(gzip, Gzip.of(new byte[1 << 22]));
    assertThatThrownBy(() -> with().train(DataSources.directory(given)))
        .hasMessageContaining(gzip + ": expected 28 bytes (uncompressed) but found more");
    Files.write(gzip, new byte[1 << 22]);
    assertThatThrownBy(() -> with().train(DataSources.directory(given)))
        .hasMessageContaining("expected 28 bytes (uncompressed) but found 4194304 bytes");
  }

  @Test
  void systemFoldersComeAfterTheCache() throws IOException {
    Path system = tiny.writeTo(folder.resolve("system"), true);
    tiny.systemFolder(folder.resolve("none")).systemFolder(system);
    assertThat(with(working("web")).train(sources).source()).isEqualTo("the folder " + system);
    assertThat(fetches).hasValue(0);
    tiny.writeTo(cached, false);
    assertThat(with(working("web")).train(sources).source()).isEqualTo("the cache " + cached);
  }

  @Test
  void whatWasFetchedIsKept() throws IOException {
    PublishedDataset dataset = with(failing("mirror", "is down"), working("registry"));
    ImageDataset train = dataset.train(sources);
    assertThat(train.source()).isEqualTo("registry, now in the cache " + cached);
    assertThat(train.size()).isEqualTo(3);
    assertThat(dataset.test(sources).source()).isEqualTo("the cache " + cached);
    assertThat(fetches).hasValue(1);
    assertThat(names(cached))
        .containsExactlyElementsOf(tiny.files().stream().map(DataFile::name).sorted().toList());
    assertThat(cached.resolve("t10k-images-idx3-ubyte")).hasBinaryContent(tiny.contents(2));
  }

  @Test
  void aDamagedFileInTheCacheIsReportedAndFetchedAgain() throws IOException {
    tiny.writeTo(cached, false);
    Path damaged = Files.write(cached.resolve("train-images-idx3-ubyte"), new byte[28]);
    ImageDataset train = with(working("registry")).train(sources);
    assertThat(train.source()).startsWith("registry");
    assertThat(logged(Level.WARN)).hasSize(1);
    assertThat(logged(Level.WARN).get(0)).contains(damaged + ": expected MD5");
    assertThat(damaged).hasBinaryContent(tiny.contents(0));
  }

  @Test
  void theErrorListsEverySourceThatWasTried() {
    Path system = folder.resolve("system");
    tiny.systemFolder(system);
    PublishedDataset dataset = with(failing("mirror", "is down"), failing("registry", "is closed"));
    assertThatThrownBy(() -> dataset.train(sources))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Tiny was not found. Tried:"
                + ("\n  1. the cache " + cached + ": there is no such folder")
                + ("\n  2. the folder " + system + ": there is no such folder")
                + "\n  3. the public mirrors: there are none"
                + "\n  4. mirror: is down"
                + "\n  5. registry: is closed"
                + "\nWhat to do: ask for it; or put the files train-images-idx3-ubyte,"
                + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte"
                + " (plain or .gz) into a folder and name it with -Doncilla.data.dir=FOLDER");
  }

  @Test
  void withoutNetworkNothingIsFetched() {
    assertThatThrownBy(() -> with(working("web")).train(sources.withoutNetwork()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("The network was not tried.");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void aCacheThatCannotBeWritten() throws IOException {
    Files.createDirectories(cached.getParent());
    Files.writeString(cached, "in the way");
    assertThatThrownBy(() -> with(working("web")).train(sources))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Tiny was fetched but cannot be kept: FileAlreadyExistsException: "
                + cached
                + ". Make room, or choose another cache with -Doncilla.cache=FOLDER");
    assertThat(cached).hasContent("in the way");
  }

  @Test
  void threadsThatFetchAtOnceFetchOnce() throws Exception {
    PublishedDataset dataset = with(working("web"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> tasks =
          Stream.generate(() -> (Callable<Integer>) () -> dataset.train(sources).size())
              .limit(8)
              .toList();
      for (Future<Integer> size : threads.invokeAll(tasks)) {
        assertThat(size.get()).isEqualTo(3);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void dataSetsAreKnownByName() {
    assertThat(PublishedDataset.named("mnist")).isSameAs(Mnist.DATASET);
    assertThat(PublishedDataset.named("fashion-mnist").classNames()).hasSize(10).contains("Bag");
    assertThat(PublishedDataset.named("mnist").normalization().apply(0, 255))
        .isEqualTo((1 - 0.1307f) / 0.3081f);
    assertThatThrownBy(() -> PublishedDataset.named("cifar"))
        .isInstanceOf(DataException.class)
        .hasMessage("unknown data set \"cifar\"; the choices are mnist, fashion-mnist, cifar10");
  }

  @Test
  void theFacadesReadFromTheirFolders() {
    for (Callable<?> call :
        List.<Callable<?>>of(
            () -> Mnist.train(folder),
            () -> Mnist.test(folder),
            () -> FashionMnist.train(folder),
            () -> FashionMnist.test(folder))) {
      assertThatThrownBy(call::call)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("MNIST was not found. Tried:\n  1. the given folder " + folder)
          .hasMessageContaining("What to do: connect this machine to the network");
    }
  }
}
