package dev.cascade.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.cascade.architecture.Ban.bare;
import static dev.cascade.architecture.Ban.entirely;
import static dev.cascade.architecture.Ban.method;
import static dev.cascade.architecture.Ban.on;
import static dev.cascade.architecture.Ban.otherThan;
import static dev.cascade.architecture.Ban.parameters;
import static dev.cascade.architecture.Ban.useNoneOf;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RestartSupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.PoolRouter;
import org.apache.pekko.actor.typed.javadsl.Routers;

/** The rules that hold Cascade's packages apart and its runs repeatable. */
final class Rules {
  private static final String CLI = "dev.cascade.cli..";
  private static final String MODELS = "dev.cascade.models..";
  private static final String ENGINE = "dev.cascade.engine..";

  /** Core is what is neither a model nor the command line. */
  private static final DescribedPredicate<JavaClass> IN_CORE =
      resideInAPackage("dev.cascade..")
          .and(resideOutsideOfPackages(MODELS, CLI))
          .as("in emulator-core");

  /** Where exceptions may be named: in what drives a run, not in what is run. */
  static final List<String> PACKAGES_WITH_EXCEPTIONS =
      List.of("dev.cascade.engine", "dev.cascade.run", "dev.cascade.cluster");

  /** Classes that may use clocks, entropy or threads, each with its reason. */
  static final Map<String, String> EXCEPTIONS =
      Map.of(
          "dev.cascade.engine.Windows", "one thread a shard",
          "dev.cascade.engine.RealTime", "the driver that follows the wall clock",
          "dev.cascade.engine.Barrier", "where these threads wait for each other",
          "dev.cascade.engine.Watchdog", "sees that a turn does not end, in real time",
          "dev.cascade.run.WallClock", "slows a run to the wall clock and stops one after a limit");

  static final List<Ban> CLOCKS_ENTROPY_THREADS =
      List.of(
          method(System.class, "currentTimeMillis", "use env.now()"),
          method(System.class, "nanoTime", "use env.nowNanos()"),
          method(System.class, "identityHashCode", "it differs between JVMs; order by address"),
          new Ban(
              "java.time's now",
              "use env.now()",
              a ->
                  a.getTargetOwner().getPackageName().equals("java.time")
                      && a.getName().equals("now")),
          new Ban(
              "Clock.system",
              "use env.now()",
              on(Clock.class)
                  .and(a -> a.getName().matches("system.*|tick(Millis|Seconds|Minutes)"))),
          method(InstantSource.class, "system", "use env.now()"),
          bare(Date.class, "<init>", "use env.now()"),
          method(Random.class, "<init>", "use env.random(purpose)"),
          method(SplittableRandom.class, "<init>", "use env.random(purpose)"),
          method(Math.class, "random", "use env.random(purpose)"),
          entirely(ThreadLocalRandom.class, "use env.random(purpose)"),
          entirely(SecureRandom.class, "use env.random(purpose)"),
          method(UUID.class, "randomUUID", "name it after its creator and a sequence number"),
          method(RandomGenerator.class, "getDefault", "use env.random(purpose)"),
          new Ban(
              "RandomGenerator.of",
              "it seeds itself; use env.random(purpose)",
              a ->
                  a.getTargetOwner().isEquivalentTo(RandomGenerator.class)
                      && a.getName().equals("of")),
          bare(
              RandomGeneratorFactory.class,
              "create",
              "give it a seed that a stream was forked for"),
          bare(RandomSource.class, "create", "give it a seed that a stream was forked for"),
          new Ban(
              "RandomSource's seeds",
              "use env.random(purpose)",
              on(RandomSource.class).and(a -> a.getName().matches("create(Int|Long)(Array)?"))),
          new Ban(
              "Collections.shuffle(List)",
              "use RandomStream.shuffle",
              on(Collections.class)
                  .and(a -> a.getName().equals("shuffle") && parameters(a).size() == 1)),
          method(Thread.class, "sleep", "start a timer"),
          method(TimeUnit.class, "sleep", "start a timer"),
          method(Thread.class, "<init>", "spawn an actor"),
          method(Thread.class, "start", "spawn an actor"),
          entirely(Executors.class, "spawn an actor"),
          entirely(ForkJoinPool.class, "spawn an actor"),
          method(ThreadPoolExecutor.class, "<init>", "spawn an actor"),
          method(Timer.class, "<init>", "start a timer of Pekko's"),
          new Ban(
              "LockSupport.park",
              "wait for a message",
              on(LockSupport.class).and(a -> a.getName().startsWith("park"))),
          method(Collection.class, "parallelStream", "use stream()"),
          method(BaseStream.class, "parallel", "stay sequential"),
          new Ban(
              "Arrays.parallel",
              "use its sequential twin",
              on(Arrays.class).and(a -> a.getName().startsWith("parallel"))));

  /** Features of Pekko that reach past the engine. Whole packages: {@link #NOT_FOR_MODELS}. */
  static final List<Ban> PEKKO_MISUSE =
      List.of(
          method(
              ActorContext.class,
              "ask",
              "the reply comes on a foreign thread; across hosts use env.request, on one host"
                  + " ctx.asScala().ask or an adapter and a timer"),
          method(
              ActorContext.class,
              "askWithStatus",
              "the reply comes on a foreign thread; across hosts use env.request, on one host"
                  + " ctx.asScala().ask or an adapter and a timer"),
          entirely(
              AskPattern.class,
              "what follows it runs on a foreign thread; across hosts use env.request, on one host"
                  + " ctx.asScala().ask or an adapter and a timer"),
          method(
              RestartSupervisorStrategy.class,
              "withLimit",
              "its window is real time; use restartWithBackoff(min, max, 0.0) with"
                  + " withResetBackoffAfter"),
          method(
              PoolRouter.class,
              "withRandomRouting",
              "it draws from ThreadLocalRandom; use round robin, or draw from env.random(purpose)"),
          method(
              Routers.class,
              "group",
              "it finds its routees through the receptionist, which all hosts of a shard share; use a"
                  + " pool, or take turns over addresses"),
          new Ban(
              "an …Async without executor",
              "it runs in the JDK's pool; pass ctx.getExecutionContext()",
              on(CompletionStage.class)
                  .and(a -> a.getName().endsWith("Async"))
                  .and(a -> !parameters(a).contains("java.util.concurrent.Executor"))),
          method(CompletableFuture.class, "orTimeout", "its timer is a JDK thread; start a timer"),
          method(
              CompletableFuture.class,
              "completeOnTimeout",
              "its timer is a JDK thread; start a timer"),
          method(
              CompletableFuture.class,
              "delayedExecutor",
              "its timer is a JDK thread; start a timer"),
          method(
              ActorSystem.class,
              "receptionist",
              "one is shared by all hosts of a shard; find others by their address"),
          method(
              ActorSystem.class,
              "eventStream",
              "one is shared by all hosts of a shard; use env.event or env.send"));

  /** Packages that a model may use, with all below them; {@code java.util} is taken without. */
  private static final DescribedPredicate<JavaClass> PACKAGES_FOR_MODELS =
      resideInAnyPackage(
          MODELS,
          "dev.cascade.node..",
          "dev.cascade.random..",
          "org.apache.pekko.actor.typed..",
          "org.apache.pekko.japi..",
          "org.apache.pekko.pattern..",
          "org.slf4j..",
          "org.jspecify..",
          "com.google.errorprone.annotations..",
          "com.fasterxml.jackson.annotation..",
          "java.lang..",
          "java.math..",
          "java.time..",
          "java.util",
          "java.util.function..",
          "java.util.regex..",
          "java.util.stream..");

  /** What is left out of them: internals, what hosts would share, and the JDK's threads. */
  private static final DescribedPredicate<JavaClass> NOT_FOR_MODELS =
      resideInAnyPackage(
              "java.lang.reflect..",
              "org.apache.pekko.actor.typed.eventstream..",
              "org.apache.pekko.actor.typed.internal..",
              "org.apache.pekko.actor.typed.pubsub..",
              "org.apache.pekko.actor.typed.receptionist..")
          .or(
              named(
                  Process.class,
                  ProcessBuilder.class,
                  Runtime.class,
                  Thread.class,
                  ThreadLocal.class,
                  Timer.class,
                  TimerTask.class));

  /** What a model needs of java.util.concurrent: the vocabulary of pipeToSelf. */
  private static final DescribedPredicate<JavaClass> FUTURES =
      named(
          CompletableFuture.class,
          CompletionException.class,
          CompletionStage.class,
          TimeoutException.class);

  /** Every rule by the claim it makes. */
  static final Map<String, ArchRule> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "core names no model and no command",
        noClasses()
            .that(IN_CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MODELS, CLI)
            .because(
                "a user's own jar adds models; maybe give dev.cascade.node an interface that the"
                    + " model implements, found by ServiceLoader"));
    ALL.put(
        "models know no command",
        noClasses()
            .that()
            .resideInAPackage(MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI)
            .because(
                "models run in tests and in other people's programs, too; maybe tell it as a metric"
                    + " or an event, which the command line shows"));
    ALL.put(
        "models see node, random and Pekko Typed",
        classes()
            .that()
            .resideInAPackage(MODELS)
            .should()
            .onlyDependOnClassesThat(
                describe(
                    "are for models",
                    used ->
                        used.getBaseComponentType().isPrimitive()
                            || FUTURES.test(used.getBaseComponentType())
                            || (PACKAGES_FOR_MODELS.test(used.getBaseComponentType())
                                && !NOT_FOR_MODELS.test(used.getBaseComponentType()))))
            .because(
                "the same model runs in virtual, paced and real time; maybe what you need is on Env,"
                    + " or belongs there (ports sit in dev.cascade.node)"));
    ALL.put(
        "core's packages form no cycle",
        slices()
            .matching("dev.cascade.(*)..")
            .should()
            .beFreeOfCycles()
            .because(
                "a package can then be read after those below it; maybe the lower one should own an"
                    + " interface, or a class sits in the wrong one of the two"));
    ALL.put(
        "a run is a function of scenario, seed and version",
        classes()
            .that(IN_CORE.or(resideInAPackage(MODELS)).and(otherThan(EXCEPTIONS.keySet())))
            .should(useNoneOf(CLOCKS_ENTROPY_THREADS))
            .because(
                "clocks, entropy and threads of the JDK differ between two runs; each ban names what"
                    + " to use instead, and a class of "
                    + PACKAGES_WITH_EXCEPTIONS
                    + " that must use one is named in Rules.EXCEPTIONS with its reason"));
    ALL.put(
        "what is walked has an order",
        classes()
            .that(IN_CORE.or(resideInAPackage(MODELS)).and(otherThan(Orders.EXCEPTIONS.keySet())))
            .should(useNoneOf(Orders.BANS))
            .because(
                "a run that follows the order of a salted or hashed map differs between two JVMs; each"
                    + " ban names what to use instead, and a class that only looks things up is named"
                    + " in Orders.EXCEPTIONS with its reason"));
    ALL.put(
        "Pekko's internals stay in the engine",
        noClasses()
            .that(resideInAPackage("dev.cascade..").and(resideOutsideOfPackages(ENGINE)))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "org.apache.pekko.dispatch.sysmsg..",
                        "org.apache.pekko.actor.dungeon..",
                        "org.apache.pekko.actor.typed.internal..")
                    .or(
                        assignableTo("org.apache.pekko.dispatch.Mailbox")
                            .or(assignableTo("org.apache.pekko.actor.Cell"))
                            .or(assignableTo("org.apache.pekko.actor.InternalActorRef")))
                    .as("are private to Pekko"))
            .because(
                "they change without notice, and one package with one test is enough to look after;"
                    + " maybe dev.cascade.engine can offer what you need"));
    ALL.put(
        "models use Pekko as it can be virtual",
        classes()
            .that()
            .resideInAnyPackage(MODELS, "dev.cascade.node..")
            .should(useNoneOf(PEKKO_MISUSE))
            .because(
                "these reach past the engine to real threads, real time or what hosts would share;"
                    + " each ban names the way out"));
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... classes) {
    Set<String> names = Stream.of(classes).map(Class::getName).collect(toUnmodifiableSet());
    return describe("named " + names, javaClass -> names.contains(javaClass.getName()));
  }

  private Rules() {}
}
