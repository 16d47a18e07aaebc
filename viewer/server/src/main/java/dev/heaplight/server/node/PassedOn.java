package dev.heaplight.server.node;

import dev.heaplight.server.http.Answer;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A node's answer on its way to the client. The next part is asked for when the one before was
 * taken, so that a slow client holds a few buffers and no thread; nothing is kept whole.
 */
final class PassedOn
    implements HttpResponse.BodyHandler<Boolean>, HttpResponse.BodySubscriber<Boolean> {
  private static final List<String> HEADERS =
      List.of("Content-Type", "Content-Length", "Content-Disposition");

  private final Response response;
  private final Callback callback;
  private final boolean report;
  private final CompletableFuture<Boolean> body = new CompletableFuture<>();
  private final Queue<ByteBuffer> parts = new ArrayDeque<>();
  private boolean writing;
  private boolean whole;
  private volatile boolean begun;
  private Flow.@Nullable Subscription subscription;

  /** To {@code response}; {@code report} if it is a page that was drawn of a recording. */
  PassedOn(Response response, Callback callback, boolean report) {
    this.response = response;
    this.callback = callback;
    this.report = report;
  }

  /** Whether the node has begun to answer, so that the answer is this one's to end. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public HttpResponse.BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo info) {
    begun = true;
    response.setStatus(info.statusCode() == 401 ? 502 : info.statusCode());
    if (report && info.statusCode() == 200) {
      Answer.asReport(response);
    }
    for (String name : HEADERS) {
      info.headers().firstValue(name).ifPresent(value -> response.getHeaders().put(name, value));
    }
    return this;
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    synchronized (parts) {
      parts.addAll(buffers);
      writing = true;
    }
    writeNext();
  }

  private void writeNext() {
    ByteBuffer part;
    boolean last;
    synchronized (parts) {
      part = parts.poll();
      writing = part != null;
      last = whole;
    }
    Flow.Subscription asked = subscription;
    if (part != null) {
      response.write(false, part, Callback.from(this::writeNext, this::failed));
    } else if (last) {
      end();
    } else if (asked != null) {
      asked.request(1);
    }
  }

  private void failed(Throwable failure) {
    Flow.Subscription asked = subscription;
    if (asked != null) {
      asked.cancel();
    }
    body.complete(false);
    callback.failed(failure);
  }

  @Override
  public void onError(Throwable failure) {
    body.complete(false);
    callback.failed(failure); // the client sees that the answer is cut short
  }

  /** Comes without being asked for, when the last part may still be on its way. */
  @Override
  public void onComplete() {
    boolean written;
    synchronized (parts) {
      whole = true;
      written = !writing;
    }
    if (written) {
      end();
    }
  }

  private void end() {
    body.complete(true);
    response.write(true, ByteBuffer.allocate(0), callback);
  }
}
