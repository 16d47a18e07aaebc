package dev.heaplight.server.http;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through that only ask, that mean this server, and that know its token.
 *
 * <p>The token comes in the address once, when the page is opened, and is then kept in a cookie
 * that scripts cannot read and other sites cannot have sent; programs send it as a bearer token. A
 * client that is refused is disconnected, so that guesses cost it a connection each.
 */
public final class Gate extends Handler.Wrapper {
  /** Name of the parameter that the printed address carries the token in. */
  public static final String PARAMETER = "token";

  private static final String BEARER = "Bearer ";
  private static final int SHOWN_HOST = 80;

  private final @Nullable Token token;
  private final HostCheck hosts;
  private final boolean secure;
  private volatile String cookie = "heaplight";

  /**
   * A gate before {@code inner}.
   *
   * @param token what must be known; null to let everybody in
   * @param names names of this machine
   * @param secure whether the server speaks TLS
   */
  public Gate(Handler inner, @Nullable Token token, Set<String> names, boolean secure) {
    super(inner);
    this.token = token;
    this.hosts = new HostCheck(names);
    this.secure = secure;
  }

  /** Cookies do not tell ports apart, so that the name must: there may be several servers. */
  public void atPort(int port) {
    cookie = "heaplight-" + port;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Punctuality.arrived(request);
    Answer.secure(response);
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !hosts.allows(host)) {
      String shown = String.valueOf(host).replaceAll("[^\\w.:-]", "?");
      return refuse(
          response,
          callback,
          HttpStatus.MISDIRECTED_REQUEST_421,
          "not a name of this server: host="
              + shown.substring(0, Math.min(SHOWN_HOST, shown.length()))
              + "; use its address or localhost");
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      return refuse(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "this server is only read");
    }
    if (token != null && !admits(token, request, response)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      return refuse(
          response,
          callback,
          HttpStatus.UNAUTHORIZED_401,
          "the token is missing or wrong; open the address that heaplight serve printed");
    }
    return super.handle(request, response, callback);
  }

  private boolean admits(Token known, Request request, Response response) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null) {
      return header.startsWith(BEARER) && known.is(header.substring(BEARER.length()).strip());
    }
    if (request.getHttpURI().getPath().equals("/")) {
      Fields.Field given = parameters(request).get(PARAMETER);
      if (given != null) {
        boolean right = known.is(given.getValue());
        if (right) {
          Response.addCookie(response, cookie(known));
        }
        return right;
      }
    }
    List<HttpCookie> cookies = Request.getCookies(request);
    return cookies.stream()
        .anyMatch(each -> each.getName().equals(cookie) && known.is(each.getValue()));
  }

  private static Fields parameters(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      return Fields.EMPTY; // not encoded as parameters are
    }
  }

  private HttpCookie cookie(Token known) {
    return HttpCookie.build(cookie, known.text())
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(HttpCookie.SameSite.STRICT)
        .build();
  }

  private static boolean refuse(Response response, Callback callback, int status, String why) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Answer.text(response, callback, status, why);
    return true;
  }
}
