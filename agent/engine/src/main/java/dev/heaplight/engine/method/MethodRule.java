package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.weave.ScopeMethods;
import java.util.List;
import java.util.function.Function;

/**
 * A method that is a scope, or a part of one.
 *
 * @param target the method
 * @param calls makes what its calls mean, once there are scopes
 */
public record MethodRule(ScopeMethods.Target target, Function<Scopes, ScopedCalls> calls) {
  private static final char NAME = ':';
  private static final char IDENTIFIER = '#';

  /**
   * Reads one method of the {@code scope=} option: {@code package.Class.method}, and behind a colon
   * a template for names, and behind a number sign one for identifiers.
   *
   * @throws IllegalArgumentException with one line if there is no class, or a constructor is named,
   *     or a template is malformed
   */
  public static MethodRule parse(String text) {
    int colon = text.indexOf(NAME);
    String qualified = colon < 0 ? text : text.substring(0, colon);
    int dot = qualified.lastIndexOf('.');
    if (dot <= 0 || dot == qualified.length() - 1 || qualified.endsWith("init>")) {
      throw new IllegalArgumentException(
          "scope: expected=package.Class.method or package.Class.method:NAME#ID, actual=" + text);
    }
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    int sign = rest.indexOf(IDENTIFIER);
    NameTemplate name = template(text, sign < 0 ? rest : rest.substring(0, sign), qualified);
    NameTemplate id = template(text, sign < 0 ? "" : rest.substring(sign + 1), "");
    ScopeMethods.Passes passes =
        name.needsCall() || id.needsCall() ? ScopeMethods.Passes.CALL : ScopeMethods.Passes.NOTHING;
    return new MethodRule(
        new ScopeMethods.Target(qualified.substring(0, dot), qualified.substring(dot + 1), passes),
        scopes -> new NamedCalls(scopes, name, id));
  }

  /** The methods of these rules, numbered by their places. */
  public static ScopeMethods targets(List<MethodRule> rules) {
    return new ScopeMethods(rules.stream().map(MethodRule::target).toList());
  }

  private static NameTemplate template(String text, String given, String qualified) {
    try {
      return NameTemplate.of(given.isEmpty() ? qualified : given, qualified);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("scope: " + e.getMessage() + ", in " + text, e);
    }
  }
}
