package org.oncilla.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HTTP downloads with limits on time and size. The work is done on threads of its own, because
 * looking up a host's name can block for longer than any timeout of a connection.
 */
final class Downloads implements AutoCloseable {
  private static final int OK = 200;

  private final Duration answerLimit;
  private final Duration stallLimit;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "oncilla-download");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;

  Downloads(Duration answerLimit, Duration stallLimit) {
    this.answerLimit = answerLimit;
    this.stallLimit = stallLimit;
    this.client =
        HttpClient.newBuilder()
            .executor(threads)
            .connectTimeout(answerLimit)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();
  }

  /**
   * Asks all addresses at once whether they can be downloaded.
   *
   * @return what is wrong, for those that cannot
   */
  Map<URI, String> probe(List<URI> addresses) throws InterruptedException {
    Map<URI, Future<Integer>> answers = new LinkedHashMap<>();
    for (URI address : addresses) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .timeout(answerLimit)
              .build();
      answers.put(
          address,
          threads.submit(
              () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()));
    }
    long deadline = System.nanoTime() + answerLimit.toNanos();
    Map<URI, String> problems = new LinkedHashMap<>();
    for (URI address : addresses) {
      String problem = problem(answers.get(address), deadline - System.nanoTime());
      if (problem != null) {
        problems.put(address, problem);
      }
    }
    return problems;
  }

  private String problem(Future<Integer> answer, long nanoseconds) throws InterruptedException {
    try {
      int status = answer.get(Math.max(0, nanoseconds), TimeUnit.NANOSECONDS);
      return status == OK ? null : "HTTP status " + status;
    } catch (TimeoutException e) {
      answer.cancel(true);
      return "no answer within " + answerLimit.toMillis() + " ms";
    } catch (ExecutionException e) {
      return reason(e.getCause());
    }
  }

  /**
   * Downloads a file into memory.
   *
   * @param limit bytes above which the download fails
   * @throws IOException if that fails, is larger, or brings nothing for too long
   */
  byte[] get(URI address, int limit) throws IOException, InterruptedException {
    AtomicLong received = new AtomicLong();
    Future<byte[]> download = threads.submit(() -> receive(address, limit, received));
    long before = -1;
    while (true) {
      try {
        return download.get(stallLimit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = received.get();
        if (now == before || now == 0) {
          download.cancel(true);
          throw new IOException(
              address + ": stalled after " + now + " bytes for " + stallLimit.toMillis() + " ms",
              e);
        }
        before = now;
      } catch (ExecutionException e) {
        throw new IOException(address + ": " + reason(e.getCause()), e.getCause());
      }
    }
  }

  private byte[] receive(URI address, int limit, AtomicLong received)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != OK) {
        throw new IOException("HTTP status " + response.statusCode());
      }
      ByteArrayOutputStream contents = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        contents.write(buffer, 0, count);
        received.addAndGet(count);
        if (contents.size() > limit) {
          throw new IOException("more than the " + limit + " bytes expected at most");
        }
      }
      return contents.toByteArray();
    }
  }

  /** The first message among an error and its causes: those of connections often have none. */
  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host's name cannot be resolved";
      }
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return e.getClass().getSimpleName();
  }

  /** Ends what still runs; nothing waits for it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
