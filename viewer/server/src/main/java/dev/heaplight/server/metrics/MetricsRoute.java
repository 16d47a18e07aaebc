package dev.heaplight.server.metrics;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.Route;
import dev.heaplight.server.session.SessionWatch;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The metrics in the format that the client accepts: OpenMetrics, or Prometheus's own text. */
public final class MetricsRoute implements Route {
  private final SessionWatch watch;
  private final OpenMetricsTextFormatWriter open = OpenMetricsTextFormatWriter.create();
  private final PrometheusTextFormatWriter plain = PrometheusTextFormatWriter.create();

  /** Of a session. */
  public MetricsRoute(SessionWatch watch) {
    this.watch = watch;
  }

  @Override
  public void answer(Request request, Response response, Callback callback) throws IOException {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    ExpositionFormatWriter writer = open.accepts(accept) ? open : plain;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, SessionMetrics.of(watch), EscapingScheme.UNDERSCORE_ESCAPING);
    Answer.bytes(
        response, callback, HttpStatus.OK_200, writer.getContentType(), text.toByteArray());
  }
}
