package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.file.Gzip;

class MirrorSourceTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TinyDataset tiny = new TinyDataset();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good/", exchange -> answer(exchange, 200, gzipped(exchange)));
    server.createContext("/plain/", exchange -> answer(exchange, 200, contents(exchange)));
    server.createContext("/altered/", exchange -> answer(exchange, 200, altered(exchange)));
    server.createContext("/endless/", MirrorSourceTest::endless);
    server.createContext("/stalled/", this::stalled);
    server.createContext("/moved/", MirrorSourceTest::moved);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private URI mirror(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/");
  }

  private byte[] contents(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    for (int i = 0; i < tiny.files().size(); i++) {
      if (path.endsWith("/" + tiny.files().get(i).name() + ".gz")) {
        return tiny.contents(i);
      }
    }
    throw new IllegalArgumentException(path);
  }

  private byte[] gzipped(HttpExchange exchange) throws IOException {
    return Gzip.of(contents(exchange));
  }

  private byte[] altered(HttpExchange exchange) {
    byte[] bytes = contents(exchange).clone();
    bytes[bytes.length - 1]++;
    return bytes;
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static void moved(HttpExchange exchange) throws IOException {
    String to = exchange.getRequestURI().getPath().replace("/moved/", "/good/");
    exchange.getResponseHeaders().set("Location", to);
    answer(exchange, 302, new byte[0]);
  }

  private static void endless(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer(exchange, 200, new byte[0]);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[1 << 16]);
      }
    }
  }

  private void stalled(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer(exchange, 200, new byte[0]);
      return;
    }
    try (exchange) {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write(new byte[10]);
      exchange.getResponseBody().flush();
      end.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<DataFile, byte[]> read(Duration stall, URI... mirrors) throws Exception {
    return new MirrorSource(List.of(mirrors), Duration.ofSeconds(4), stall).read(tiny.files());
  }

  private void isGood(Map<DataFile, byte[]> found) {
    assertThat(found.keySet()).containsExactlyElementsOf(tiny.files());
    for (int i = 0; i < tiny.files().size(); i++) {
      assertThat(found.get(tiny.files().get(i))).isEqualTo(tiny.contents(i));
    }
  }

  @Test
  void filesAreDownloadedInGzipOrPlain() throws Exception {
    isGood(read(LONG, mirror("good")));
    isGood(read(LONG, mirror("plain")));
  }

  @Test
  void redirectionsAreFollowed() throws Exception {
    isGood(read(LONG, mirror("moved")));
  }

  @Test
  void theNextMirrorIsUsedWhereOneFails() throws Exception {
    isGood(read(LONG, mirror("none"), mirror("altered"), mirror("good")));
  }

  @Test
  void theErrorSaysWhatIsWrongWithEachMirror() {
    URI unresolvable = URI.create("http://no-such-host.invalid/");
    assertThatThrownBy(() -> read(LONG, mirror("none"), mirror("altered"), unresolvable))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none could be used: " + mirror("none") + " (HTTP status 404)")
        .hasMessageContaining(mirror("altered") + "train-images-idx3-ubyte.gz: expected MD5 ")
        .hasMessageContaining(unresolvable + " (the host's name cannot be resolved)");
  }

  @Test
  void aDownloadLargerThanTheFileIsEnded() {
    long limit = tiny.files().get(0).compressedLimit();
    assertThatThrownBy(() -> read(LONG, mirror("endless")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than the " + limit + " bytes expected at most");
  }

  @Test
  void aDownloadThatStallsIsGivenUp() {
    assertThatThrownBy(() -> read(SHORT, mirror("stalled")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("stalled after 10 bytes for 500 ms");
  }

  @Test
  void mirrorsThatNeverAnswerCostOneTimeoutTogether() throws Exception {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI one = URI.create("http://127.0.0.1:" + first.getLocalPort() + "/");
      URI two = URI.create("http://127.0.0.1:" + second.getLocalPort() + "/");
      MirrorSource source = new MirrorSource(List.of(one, two));
      long start = System.nanoTime();
      assertThatThrownBy(() -> source.read(tiny.files()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(one + " (")
          .hasMessageContaining(two + " (");
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      assertThat(taken)
          .isBetween(MirrorSource.ANSWER_LIMIT.minusMillis(500), Duration.ofMillis(5000));
    }
  }

  @Test
  void aMirrorServesAWholeDataSet(@TempDir Path folder) {
    PublishedDataset dataset = tiny.mirror(mirror("good")).build();
    DataSources sources = DataSources.standard().withCache(folder).withSearchPath("");
    assertThat(dataset.train(sources).source())
        .isEqualTo("the public mirrors, now in the cache " + folder.resolve("datasets/tiny"));
    assertThat(dataset.test(sources.withoutNetwork()).size()).isEqualTo(2);
  }
}
