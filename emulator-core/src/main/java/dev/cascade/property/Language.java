package dev.cascade.property;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions and operators of expressions, declared to CEL in place of its own: those for lists,
 * maps, texts and times would mean nothing here, and numbers of all kinds mix, as in {@code 2 *
 * gauge('x') >= 3}.
 */
final class Language {
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType DOUBLE = SimpleType.DOUBLE;
  private static final CelType INT = SimpleType.INT;

  private final Map<String, List<CelOverloadDecl>> functions = new LinkedHashMap<>();

  static final Language INSTANCE = new Language();

  private final CelCompiler compiler;

  private Language() {
    for (String operator : List.of("_+_", "_-_", "_*_", "_/_", "min", "max", "orElse")) {
      twoNumbers(operator, DOUBLE);
    }
    for (String operator : List.of("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_")) {
      twoNumbers(operator, BOOL);
    }
    for (String operator : List.of("_&&_", "_||_", "_==_", "_!=_", "orElse")) {
      declare(operator, BOOL, BOOL, BOOL);
    }
    declare("!_", BOOL, BOOL);
    declare("-_", DOUBLE, DOUBLE);
    declare("-_", DOUBLE, INT);
    declare("_?_:_", BOOL, BOOL, BOOL, BOOL);
    for (CelType left : List.of(DOUBLE, INT)) {
      for (CelType right : List.of(DOUBLE, INT)) {
        declare("_?_:_", DOUBLE, BOOL, left, right);
      }
    }
    declare("gauge", DOUBLE, TEXT);
    declare("total", DOUBLE, TEXT);
    declare("increase", DOUBLE, TEXT, TEXT);
    for (String function : List.of("rate", "mean", "count")) {
      declare(function, DOUBLE, TEXT);
      declare(function, DOUBLE, TEXT, TEXT);
    }
    declare("ratio", DOUBLE, TEXT, TEXT);
    declare("ratio", DOUBLE, TEXT, TEXT, TEXT);
    for (CelType quantile : List.of(DOUBLE, INT)) {
      declare("quantile", DOUBLE, quantile, TEXT);
      declare("quantile", DOUBLE, quantile, TEXT, TEXT);
    }
    for (String aggregation : List.of("sum", "avg", "min", "max", "count")) {
      declare(aggregation, DOUBLE, DOUBLE);
      declare(aggregation, DOUBLE, INT);
    }
    declare("event", BOOL, TEXT);
    declare("event", BOOL, TEXT, TEXT, TEXT);
    declare("seconds", DOUBLE);
    this.compiler = compiler();
  }

  private void twoNumbers(String function, CelType result) {
    for (CelType left : List.of(DOUBLE, INT)) {
      for (CelType right : List.of(DOUBLE, INT)) {
        declare(function, result, left, right);
      }
    }
  }

  private void declare(String function, CelType result, CelType... parameters) {
    List<CelOverloadDecl> overloads =
        functions.computeIfAbsent(function, name -> new ArrayList<>());
    String id = function + "#" + overloads.size();
    overloads.add(CelOverloadDecl.newGlobalOverload(id, result, parameters));
  }

  private CelCompiler compiler() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    functions.forEach(
        (name, overloads) ->
            declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setStandardEnvironmentEnabled(false)
        .setStandardMacros()
        .addFunctionDeclarations(declarations)
        .build();
  }

  /** Parses and checks types. */
  CelCompiler cel() {
    return compiler;
  }

  /** The names of the functions, and of operators as CEL calls them. */
  Set<String> names() {
    return functions.keySet();
  }
}
