package dev.cascade.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.Entry;
import dev.cascade.models.call.Caching;
import dev.cascade.models.call.Call;
import dev.cascade.models.call.Coalescing;
import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadConfig.Arrivals;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.memcache.ServerRing.Distribution;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that look aside, and a cache that reads through: hits, stampedes, lost servers. */
class CacheScenarioTest {
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Items of 1 kB and their 60 bytes. */
  private static CacheConfig room(int items) {
    return CacheConfig.of(new Size(items * 1060L), Eviction.LRU);
  }

  private static Caching ttl(int seconds) {
    return Caching.of("cache", Duration.ofSeconds(seconds));
  }

  /** The origin needs so long for each of as many as come. */
  private static ServiceConfig origin(int holdMillis) {
    return ServiceConfig.of(
        1000,
        QueueSpec.of(0),
        List.of(
            new Endpoint(
                "item",
                "/item",
                NOTHING,
                DurationDistribution.constant(Duration.ofMillis(holdMillis)),
                null)));
  }

  private static TestWorld aside(
      long seed, Caching caching, CacheConfig cache, int caches, int holdMillis, LoadConfig load) {
    return aside(seed, caching, cache, caches, holdMillis, load, 1);
  }

  private static TestWorld aside(
      long seed,
      Caching caching,
      CacheConfig cache,
      int caches,
      int holdMillis,
      LoadConfig load,
      int shops) {
    Call call = Call.of("origin", "/item", Duration.ofSeconds(10)).cache(caching);
    List<Entry> entries = new ArrayList<>();
    entries.add(TestWorld.entry("origin", new ServiceModel(), origin(holdMillis), 1));
    entries.add(TestWorld.entry("cache", new CacheModel(), cache, caches));
    entries.add(
        TestWorld.entry(
            "shop",
            new ServiceModel(),
            ServiceConfig.of(
                500, QueueSpec.of(100), List.of(Endpoint.cpu("/", NOTHING).calls(call))),
            shops));
    entries.add(TestWorld.entry("users", new LoadModel(), load, 1));
    return TestWorld.start(seed, entries.toArray(Entry[]::new));
  }

  private static LoadConfig users(double perSecond, KeyDistribution keys) {
    return LoadConfig.atRate("shop", "/", perSecond).keys(keys);
  }

  private static long gets(TestWorld world, String outcome) {
    return world.count("cache_client_gets_total", "outcome=\"" + outcome + "\"");
  }

  private static long fetched(TestWorld world) {
    return world.count("http_server_requests_total", "service=\"origin\"");
  }

  /**
   * A key that is asked for L times a second at random and lives for T is missed once, and then
   * found L T times on average; while it is fetched and put in, d, others miss it, too: 1 + L d
   * misses. There is room for all.
   */
  @ParameterizedTest
  @CsvSource({"100, 20, 0", "100, 20, 50", "5, 1, 200"})
  void itemsThatExpireAreFoundAsOftenAsTheyAreAskedForInTheirTime(
      int keys, int ttlSeconds, int holdMillis) {
    double rate = 50.0 / keys;
    // To the cache and back, to the origin and back, and to the cache again: the item is in.
    double fetch = 5 * 0.001 + holdMillis / 1e3;
    // The lives overlap by what the last of those who missed put in later.
    double[] rates = new double[12];
    for (int run = 0; run < rates.length; run++) {
      try (TestWorld world =
          aside(
              run + 1L,
              ttl(ttlSeconds),
              room(1000),
              1,
              holdMillis,
              users(50, KeyDistribution.uniform(keys)))) {
        world.runFor(MINUTE);
        long hits = gets(world, "hit");
        long misses = gets(world, "miss");
        world.runFor(Duration.ofMinutes(4));
        hits = gets(world, "hit") - hits;
        misses = gets(world, "miss") - misses;
        rates[run] = hits / (double) (hits + misses);
      }
    }

    double late =
        fetch * rate / (1 + fetch * rate) * fetch; // at most: the last of them comes later
    double low = rate * ttlSeconds / (1 + rate * (ttlSeconds + fetch));
    double high = rate * (ttlSeconds + fetch) / (1 + rate * (ttlSeconds + fetch + late));
    Interval seen = Interval.of(rates);
    assertThat(seen).matches(i -> i.low() <= high && low <= i.high(), low + " to " + high);
    assertThat(seen.high() - seen.low()).isLessThan(0.05);
  }

  /** 10,000 keys by Zipf's law and room for 500: Che's hit rate, as in {@link HitRateTest}. */
  @Test
  void lookingAsideFindsWhatFitsInto() {
    double[] rates = new double[10];
    for (int run = 0; run < rates.length; run++) {
      try (TestWorld world =
          aside(
              run + 1L,
              Caching.of("cache", null),
              room(500),
              1,
              0,
              users(100, KeyDistribution.zipf(10_000, 1)))) {
        world.runFor(MINUTE);
        long before = gets(world, "hit");
        long missesBefore = gets(world, "miss");
        world.runFor(Duration.ofMinutes(2));
        double hits = gets(world, "hit") - before;
        rates[run] = hits / (hits + gets(world, "miss") - missesBefore);
      }
    }

    Interval seen = Interval.of(rates);
    assertThat(seen.low()).isLessThan(0.5867 + 0.005);
    assertThat(seen.high()).isGreaterThan(0.5867 - 0.005);
    assertThat(seen.high() - seen.low()).isLessThan(0.03);
  }

  /** One hot item that lives 10 s, needs 200 ms to make, and is asked for 100 times a second. */
  private static TestWorld stampede(Caching caching, int shops) {
    return aside(
        1,
        caching,
        room(10),
        1,
        200,
        users(100, KeyDistribution.uniform(1)).arrivals(Arrivals.CONSTANT),
        shops);
  }

  @Test
  void aHotItemThatExpiresSendsAllToItsOrigin() {
    try (TestWorld world = stampede(ttl(10), 1)) {
      world.runFor(Duration.ofSeconds(95));

      // It expires nine times and was missing once: each time 10 ms apart for some 204 ms, 20 or
      // 21.
      assertThat(fetched(world)).isBetween(9 * 20L, 10 * 22L);
    }
  }

  @Test
  void inASingleFlightOneOfEachProcessGoes() {
    try (TestWorld world = stampede(ttl(10).coalescing(Coalescing.SINGLE_FLIGHT), 1)) {
      world.runFor(Duration.ofSeconds(95));

      assertThat(fetched(world)).isBetween(9L, 10L);
      assertThat(world.count("cache_client_coalesced_total")).isBetween(9 * 18L, 10 * 22L);
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
    try (TestWorld world = stampede(ttl(10).coalescing(Coalescing.SINGLE_FLIGHT), 4)) {
      world.runFor(Duration.ofSeconds(95));

      assertThat(fetched(world)).isBetween(9 * 3L, 10 * 4L);
    }
  }

  @Test
  void withALeaseOneOfAllProcessesGoes() {
    try (TestWorld world = stampede(ttl(10).coalescing(Coalescing.LEASE), 4)) {
      world.runFor(Duration.ofSeconds(95));

      assertThat(fetched(world)).isBetween(9L, 10L);
      assertThat(gets(world, "wait")).isPositive();
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
  }

  @Test
  void aStaleItemIsGivenOutWhileOneFetchesItAnew() {
    try (TestWorld world = stampede(ttl(10).staleWhileRevalidate(Duration.ofSeconds(5)), 4)) {
      world.runFor(Duration.ofSeconds(5)); // the first time there is nothing to give out
      long before = fetched(world);
      long missed = gets(world, "miss");
      world.runFor(Duration.ofSeconds(90));

      assertThat(fetched(world) - before).isBetween(8L, 9L);
      assertThat(gets(world, "miss")).isEqualTo(missed);
      assertThat(world.count("cache_client_refreshes_total")).isEqualTo(fetched(world) - before);
    }
  }

  @Test
  void aRestartLosesAllItems() {
    try (TestWorld world =
        aside(
            1,
            Caching.of("cache", null),
            room(2000),
            1,
            0,
            users(100, KeyDistribution.uniform(500)))) {
      world.runFor(Duration.ofMinutes(2));
      long filled = fetched(world);
      assertThat(filled).isBetween(500L, 510L);

      world.engine().crashProcess(Address.of("cache-1", CacheModel.PROCESS));
      world.runFor(Duration.ofSeconds(10));
      // Nobody listens: all go to the origin, and nothing can be put in.
      assertThat((double) (fetched(world) - filled)).isCloseTo(1000, within(4 * Math.sqrt(1000)));
      assertThat(world.count("http_client_requests_failed")).isZero();
      assertThat(gets(world, "error")).isPositive();
    }
  }

  /** Without one of five servers a fifth of the keys is new to the others, or four fifths are. */
  @ParameterizedTest
  @CsvSource({"KETAMA, 0.1, 0.3", "MODULA, 0.7, 0.9"})
  void aLostServerCostsItsKeysOrNearlyAll(Distribution distribution, double low, double high) {
    try (TestWorld world =
        aside(
            1,
            Caching.of("cache", null).ejecting(distribution, Duration.ofMillis(100)),
            room(2000),
            5,
            0,
            users(100, KeyDistribution.uniform(500)))) {
      world.runFor(MINUTE);
      long before = fetched(world);
      world.engine().crashProcess(Address.of("cache-2", CacheModel.PROCESS));
      world.runFor(Duration.ofSeconds(29)); // shorter than the server is left out

      // 100/s for 29 s ask for each of 500 keys with 1 - e^-5.8 = 99.7 %.
      assertThat((fetched(world) - before) / 500.0).isBetween(low, high);
    }
  }

  private static TestWorld through(Origin origin) {
    return TestWorld.start(
        1,
        TestWorld.entry("origin", new ServiceModel(), origin(200), 1),
        TestWorld.entry("cache", new CacheModel(), room(100).origin(origin), 1),
        TestWorld.entry(
            "users",
            new LoadModel(),
            LoadConfig.atRate("cache", "/page", 100)
                .arrivals(Arrivals.CONSTANT)
                .keys(KeyDistribution.uniform(1)),
            1));
  }

  @Test
  void aCacheReadsThroughToItsOrigin() {
    Origin origin =
        Origin.of(Call.of("origin", "/item", Duration.ofSeconds(10)), Duration.ofSeconds(10));
    try (TestWorld world = through(origin)) {
      world.runFor(Duration.ofSeconds(95));
      assertThat(fetched(world)).isBetween(9 * 20L, 10 * 22L);
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
    try (TestWorld world = through(origin.locked())) {
      world.runFor(Duration.ofSeconds(95));
      assertThat(fetched(world)).isBetween(9L, 10L);
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
  }

  @Test
  void metricsAreThoseThatAreDocumented() {
    try (TestWorld world = stampede(ttl(1).coalescing(Coalescing.LEASE), 1)) {
      world.runFor(Duration.ofSeconds(3));
      assertThat(
              world.series().stream()
                  .map(series -> series.replaceAll("\\{.*", ""))
                  .filter(name -> name.startsWith("cache_"))
                  .distinct())
          .isSubsetOf(
              java.util.stream.Stream.of(new CacheModel().metrics(), new ServiceModel().metrics())
                  .flatMap(List::stream)
                  .map(MetricInfo::name)
                  .toList())
          .contains("cache_items", "cache_gets_total", "cache_client_gets_total");
    }
  }
}
