package dev.cascade.trespass;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.simple.RandomSource;

/** All that differs between two runs. */
final class UsesClocksEntropyAndThreads {
  private final List<String> names = new ArrayList<>(List.of("a", "b"));

  List<Object> clocks() {
    LongSupplier asMethodReference = System::nanoTime;
    return List.of(
        System.currentTimeMillis(),
        asMethodReference,
        Instant.now(),
        LocalDateTime.now(),
        Clock.systemUTC(),
        InstantSource.system(),
        new Date());
  }

  List<Object> entropy() {
    Collections.shuffle(names);
    return List.of(
        System.identityHashCode(this),
        new Random(1),
        new SplittableRandom(1),
        Math.random(),
        ThreadLocalRandom.current(),
        new SecureRandom(),
        UUID.randomUUID(),
        RandomGenerator.getDefault(),
        RandomGenerator.of("L64X128MixRandom"),
        RandomGeneratorFactory.of("L64X128MixRandom").create(),
        RandomSource.L64_X128_MIX.create(),
        RandomSource.createLong());
  }

  void threads() throws InterruptedException {
    Thread.sleep(1);
    TimeUnit.SECONDS.sleep(1);
    new Thread(this::entropy).start();
    Executors.newCachedThreadPool().shutdown();
    ForkJoinPool.commonPool().shutdown();
    new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()).shutdown();
    new Timer().cancel();
    LockSupport.parkNanos(1);
    names.parallelStream().forEach(String::length);
    names.stream().parallel().forEach(String::length);
    Arrays.parallelSort(new int[] {2, 1});
  }
}
