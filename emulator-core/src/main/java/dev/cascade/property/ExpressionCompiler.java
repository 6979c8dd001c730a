package dev.cascade.property;

import dev.cascade.metrics.Aggregation;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.Selector;
import dev.cascade.metrics.SelectorException;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Condition.Comparison;
import dev.cascade.property.Condition.Relation;
import dev.cascade.property.Quantity.Operation;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one text into an expression: CEL parses it and checks types, then names, labels and windows
 * are checked against what is declared. What is wrong is collected, and a stand-in goes on, so that
 * all errors come at once.
 */
final class ExpressionCompiler {
  private static final Quantity NOTHING = new Quantity.Constant(0);

  private final String text;
  private final Vocabulary vocabulary;
  private final List<ExpressionException.Problem> problems = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private long longestWindowNanos;
  private @Nullable CelAbstractSyntaxTree tree;

  ExpressionCompiler(String text, Vocabulary vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
  }

  Expression.Parsed condition() {
    return compile(true, false);
  }

  Expression.Parsed number() {
    return compile(false, true);
  }

  Expression.Parsed any() {
    return compile(true, true);
  }

  private Expression.Parsed compile(boolean maybeCondition, boolean maybeNumber) {
    CelExpr root = parse();
    boolean isCondition = typeOf(root).equals(SimpleType.BOOL);
    if (!isCondition && !isNumber(root)) {
      problem(0, "An expression is a number, or true or false; this is a text. Maybe gauge(…).");
    } else if (isCondition && !maybeCondition) {
      problem(0, "A measurement is a number; this is true or false. Maybe drop the comparison.");
    } else if (!isCondition && !maybeNumber) {
      problem(0, "A property is true or false; this is a number. Maybe compare it: … < 0.01.");
    }
    Condition condition = isCondition ? condition(root) : null;
    Quantity quantity = isNumber(root) ? quantity(root) : null;
    if (!problems.isEmpty()) {
      throw new ExpressionException(problems);
    }
    return new Expression.Parsed(condition, quantity, List.copyOf(selectors), longestWindowNanos);
  }

  private CelExpr parse() {
    CelValidationResult result = Language.INSTANCE.cel().compile(text);
    try {
      tree = result.getAst();
      return tree.getExpr();
    } catch (CelValidationException invalid) {
      for (CelIssue issue : invalid.getErrors()) {
        problems.add(
            new ExpressionException.Problem(
                "",
                Math.max(1, issue.getSourceLocation().getLine()),
                issue.getSourceLocation().getColumn() + 1,
                CelMessages.plain(issue.getMessage())));
      }
      throw new ExpressionException(problems);
    }
  }

  private Condition condition(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      return new Condition.Fixed(expr.constant().booleanValue());
    }
    CelExpr.CelCall call = expr.call();
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_" -> new Condition.And(condition(args.get(0)), condition(args.get(1)));
      case "_||_" -> new Condition.Or(condition(args.get(0)), condition(args.get(1)));
      case "!_" -> new Condition.Not(condition(args.get(0)));
      case "_?_:_" ->
          new Condition.Choice(
              condition(args.get(0)), condition(args.get(1)), condition(args.get(2)));
      case "orElse" -> new Condition.OrElse(condition(args.get(0)), condition(args.get(1)));
      case "event" -> event(args);
      default -> comparison(call.function(), args);
    };
  }

  private Condition comparison(String function, List<CelExpr> args) {
    if (!isNumber(args.get(0))) {
      boolean same = function.equals("_==_");
      return new Condition.Same(same, condition(args.get(0)), condition(args.get(1)));
    }
    for (Relation relation : Relation.values()) {
      if (function.equals("_" + relation.sign + "_")) {
        return new Comparison(relation, quantity(args.get(0)), quantity(args.get(1)));
      }
    }
    throw new IllegalStateException(
        "Language declares %s, and nobody reads it.".formatted(function));
  }

  private Condition event(List<CelExpr> args) {
    String name = literal(args.get(0), "An event's name");
    EventInfo info = vocabulary.event(name);
    if (info == null) {
      problem(
          args.get(0),
          "There is no event (%s).%s"
              .formatted(name, Suggestion.maybe(name, vocabulary.eventNames())));
      return new Condition.Fixed(false);
    }
    if (args.size() == 1) {
      return new Condition.Happened(name, "", "");
    }
    String field = literal(args.get(1), "A field");
    if (!vocabulary.fields(info).contains(field)) {
      problem(
          args.get(1),
          "The event %s has no field (%s), only %s.%s"
              .formatted(
                  name,
                  field,
                  String.join(", ", vocabulary.fields(info)),
                  Suggestion.maybe(field, vocabulary.fields(info))));
    }
    return new Condition.Happened(name, field, literal(args.get(2), "A field's value"));
  }

  private Quantity quantity(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      CelConstant constant = expr.constant();
      return new Quantity.Constant(
          constant.getKind() == CelConstant.Kind.INT64_VALUE
              ? (double) constant.int64Value()
              : constant.doubleValue());
    }
    CelExpr.CelCall call = expr.call();
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_+_" -> both(Operation.PLUS, args);
      case "_-_" -> both(Operation.MINUS, args);
      case "_*_" -> both(Operation.TIMES, args);
      case "_/_" -> both(Operation.DIVIDED_BY, args);
      case "-_" -> new Quantity.Negated(quantity(args.get(0)));
      case "_?_:_" ->
          new Quantity.Choice(condition(args.get(0)), quantity(args.get(1)), quantity(args.get(2)));
      case "orElse" -> new Quantity.OrElse(quantity(args.get(0)), quantity(args.get(1)));
      case "seconds" -> new Quantity.Seconds();
      case "sum" -> aggregated(expr, Aggregation.SUM);
      case "avg" -> aggregated(expr, Aggregation.AVG);
      case "min" ->
          args.size() == 2 ? both(Operation.LESSER, args) : aggregated(expr, Aggregation.MIN);
      case "max" ->
          args.size() == 2 ? both(Operation.GREATER, args) : aggregated(expr, Aggregation.MAX);
      case "count" -> count(expr, args);
      case "ratio" ->
          new Quantity.Ratio(
              selector(args.get(0), MetricInfo.Kind.COUNTER),
              selector(args.get(1), MetricInfo.Kind.COUNTER),
              window(args, 2));
      case "quantile" ->
          new Quantity.Quantile(
              zeroToOne(args.get(0)),
              selector(args.get(1), MetricInfo.Kind.HISTOGRAM),
              window(args, 2));
      case "mean" ->
          new Quantity.Mean(selector(args.get(0), MetricInfo.Kind.HISTOGRAM), window(args, 1));
      default -> ofSeries(expr, null);
    };
  }

  private Quantity both(Operation operation, List<CelExpr> args) {
    return new Quantity.Both(operation, quantity(args.get(0)), quantity(args.get(1)));
  }

  /** The functions that give a number for each series. */
  private Quantity ofSeries(CelExpr expr, @Nullable Aggregation aggregation) {
    CelExpr.CelCall call = expr.call();
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "gauge" -> new Quantity.Gauge(selector(args.get(0), MetricInfo.Kind.GAUGE), aggregation);
      case "rate" ->
          new Quantity.Rate(
              selector(args.get(0), MetricInfo.Kind.COUNTER), window(args, 1), aggregation);
      case "increase", "total" ->
          new Quantity.Increase(
              selector(args.get(0), MetricInfo.Kind.COUNTER), window(args, 1), aggregation);
      default ->
          throw new IllegalStateException(
              "Language declares %s, and nobody reads it.".formatted(call.function()));
    };
  }

  private Quantity aggregated(CelExpr expr, Aggregation aggregation) {
    CelExpr inner = expr.call().args().get(0);
    boolean ofSeries =
        inner.getKind() == CelExpr.ExprKind.Kind.CALL
            && List.of("gauge", "rate", "increase", "total").contains(inner.call().function());
    if (!ofSeries) {
      problem(
          expr,
          "%s takes gauge(…), rate(…), increase(…) or total(…) itself. Maybe move the arithmetic outside."
              .formatted(expr.call().function()));
      return NOTHING;
    }
    return ofSeries(inner, aggregation);
  }

  private Quantity count(CelExpr expr, List<CelExpr> args) {
    if (!isNumber(args.get(0))) {
      return new Quantity.Count(selector(args.get(0), MetricInfo.Kind.HISTOGRAM), window(args, 1));
    }
    CelExpr inner = args.get(0);
    if (inner.getKind() != CelExpr.ExprKind.Kind.CALL || !inner.call().function().equals("gauge")) {
      problem(expr, "count takes gauge(…), or the selector of a histogram.");
      return NOTHING;
    }
    return new Quantity.Gauges(selector(inner.call().args().get(0), MetricInfo.Kind.GAUGE));
  }

  private double zeroToOne(CelExpr expr) {
    boolean literal = expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
    Quantity quantity = literal ? quantity(expr) : NOTHING;
    double value = quantity instanceof Quantity.Constant constant ? constant.value() : 0;
    if (!literal || value < 0 || value > 1) {
      problem(
          expr,
          literal
              ? "A quantile is between 0 and 1, not (%s). Maybe 0.99.".formatted(value)
              : "A quantile is written as a number between 0 and 1. Maybe 0.99.");
    }
    return value;
  }

  private long window(List<CelExpr> args, int place) {
    if (place >= args.size()) {
      return Readings.WHOLE_RUN;
    }
    String written = literal(args.get(place), "A window");
    Long nanos = WindowText.nanos(written);
    if (nanos == null) {
      problem(
          args.get(place),
          "A window is a time longer than zero, not (%s). Maybe '10s', '500ms' or '1m30s'."
              .formatted(written));
      return Readings.WHOLE_RUN;
    }
    longestWindowNanos = Math.max(longestWindowNanos, nanos);
    return nanos;
  }

  private Selector selector(CelExpr expr, MetricInfo.Kind kind) {
    String written = literal(expr, "A selector");
    try {
      Selector selector = Selector.parse(written);
      check(selector, expr, kind);
      selectors.add(selector);
      return selector;
    } catch (SelectorException invalid) {
      problem(offset(expr) + 1 + invalid.offset(), String.valueOf(invalid.getMessage()));
      return Selector.parse("none");
    }
  }

  private void check(Selector selector, CelExpr expr, MetricInfo.Kind kind) {
    MetricInfo info = vocabulary.metric(selector.name());
    if (info == null) {
      problem(
          expr,
          "There is no metric (%s).%s"
              .formatted(
                  selector.name(), Suggestion.maybe(selector.name(), vocabulary.metricNames())));
      return;
    }
    if (info.kind() != kind) {
      problem(
          expr,
          "%s is a %s, and here should be a %s. Maybe %s."
              .formatted(info.name(), word(info.kind()), word(kind), functionsOf(info.kind())));
    }
    for (Selector.Matcher matcher : selector.matchers()) {
      if (!vocabulary.labels(info).contains(matcher.label())) {
        problem(
            offset(expr) + 1 + matcher.labelOffset(),
            "The metric %s has no label (%s), only %s.%s"
                .formatted(
                    info.name(),
                    matcher.label(),
                    vocabulary.labels(info),
                    Suggestion.maybe(matcher.label(), vocabulary.labels(info))));
      }
    }
  }

  private static String word(MetricInfo.Kind kind) {
    return switch (kind) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
    };
  }

  private static String functionsOf(MetricInfo.Kind kind) {
    return switch (kind) {
      case COUNTER -> "rate, increase, total or ratio";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "quantile, mean or count";
    };
  }

  private String literal(CelExpr expr, String what) {
    boolean literal =
        expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    if (!literal) {
      problem(expr, what + " is written out in quotes, so that it can be checked.");
      return "none";
    }
    return expr.constant().stringValue();
  }

  private boolean isNumber(CelExpr expr) {
    CelType type = typeOf(expr);
    return type.equals(SimpleType.DOUBLE) || type.equals(SimpleType.INT);
  }

  private CelType typeOf(CelExpr expr) {
    return tree == null ? SimpleType.ERROR : tree.getTypeOrThrow(expr.id());
  }

  private void problem(CelExpr expr, String message) {
    problem(offset(expr), message);
  }

  private void problem(int offset, String message) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    problems.add(new ExpressionException.Problem("", line, offset - lineStart + 1, message));
  }

  /** Where an expression starts; CEL knows a call by its opening parenthesis. */
  private int offset(CelExpr expr) {
    if (tree == null) {
      return 0;
    }
    int offset = tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      String function = expr.call().function();
      boolean named = text.startsWith(function, offset - function.length());
      return named ? offset - function.length() : offset;
    }
    return offset;
  }
}
