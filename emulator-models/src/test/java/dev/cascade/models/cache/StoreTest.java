package dev.cascade.models.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.memcache.CacheItem;
import dev.cascade.models.memcache.CacheSet;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server keeps, for how long, and what goes. */
class StoreTest {
  private static final long EVER = CacheSet.FOR_EVER;

  private static Store store(int items, Eviction eviction) {
    return new Store(items * 10L, 4, eviction, RandomStream.of(1));
  }

  private static boolean has(Store store, long key) {
    return store.get(key, 0, 0, 0).found();
  }

  private static List<Long> kept(Store store, long upTo) {
    List<Long> kept = new ArrayList<>();
    for (long key = 1; key <= upTo; key++) {
      if (has(store, key)) {
        kept.add(key);
      }
    }
    return kept;
  }

  @Test
  void theLeastRecentlyAskedForGoesFirst() {
    Store store = store(3, Eviction.LRU);
    store.put(1, 6, EVER);
    store.put(2, 6, EVER);
    store.put(3, 6, EVER);
    assertThat(has(store, 1)).isTrue();
    store.put(4, 6, EVER);

    assertThat(kept(store, 4)).containsExactly(1L, 3L, 4L);
    assertThat(store.evictions()).isEqualTo(1);
  }

  @Test
  void memoryIsCountedWithWhatAnItemNeedsBesides() {
    Store store = store(3, Eviction.LRU);
    store.put(1, 6, EVER);
    store.put(2, 6, EVER);
    store.put(3, 16, EVER); // 20 bytes: one of the others must go

    assertThat(kept(store, 3)).containsExactly(2L, 3L);
    assertThat(store.bytes()).isEqualTo(30);
    store.put(3, 6, EVER);
    assertThat(store.bytes()).isEqualTo(20);
    assertThat(store.put(4, 100, EVER)).isFalse();
    assertThat(kept(store, 4)).containsExactly(2L, 3L);
  }

  @Test
  void whoIsToMakeAnItemAnewIsOneUntilHeFails() {
    Store store = store(1, Eviction.LRU);
    store.put(1, 6, 100);

    assertThat(store.get(1, 0, 50, 60).won()).isTrue();
    assertThat(store.get(1, 0, 50, 61).won()).isFalse();
    store.failed(1);
    assertThat(store.get(1, 0, 50, 62).won()).isTrue();
    store.failed(2); // gone meanwhile
  }

  @Test
  void withoutEvictionAFullStoreTakesNothing() {
    Store store = store(2, Eviction.NONE);
    store.put(1, 6, EVER);
    store.put(2, 6, EVER);

    assertThat(store.put(3, 6, EVER)).isFalse();
    assertThat(store.put(2, 6, EVER)).isTrue();
    assertThat(kept(store, 3)).containsExactly(1L, 2L);
  }

  @Test
  void randomEvictionKeepsNoFavourites() {
    Store store = store(100, Eviction.RANDOM);
    for (long key = 1; key <= 1000; key++) {
      store.put(key, 6, EVER);
      assertThat(has(store, key)).isTrue();
    }

    assertThat(store.size()).isEqualTo(100);
    assertThat(kept(store, 1000)).hasSize(100);
    assertThat(kept(store, 900)).isNotEmpty(); // the 100 newest are not the only ones
  }

  @Test
  void anItemIsGivenOutUntilItExpires() {
    Store store = store(3, Eviction.LRU);
    store.put(1, 6, 100);

    assertThat(store.get(1, 0, 0, 99).found()).isTrue();
    assertThat(store.get(1, 0, 0, 100).found()).isFalse();
    assertThat(store.size()).isZero();
  }

  @Test
  void oneIsGivenTheLeaseAndTheOthersWaitUntilItIsUsedOrLapses() {
    Store store = store(3, Eviction.LRU);

    assertThat(store.get(1, 10, 0, 0)).isEqualTo(new CacheItem(false, true, false, 0));
    assertThat(store.get(1, 10, 0, 9)).isEqualTo(new CacheItem(false, false, true, 0));
    assertThat(store.get(1, 10, 0, 10)).isEqualTo(new CacheItem(false, true, false, 0));
    store.put(1, 6, EVER);
    assertThat(store.get(1, 10, 0, 11)).isEqualTo(new CacheItem(true, false, false, 6));
  }

  @Test
  void oneIsToldToFetchAnItemAnewThatExpiresSoon() {
    Store store = store(3, Eviction.LRU);
    store.put(1, 6, 100);

    assertThat(store.get(1, 0, 20, 80)).isEqualTo(new CacheItem(true, false, false, 6));
    assertThat(store.get(1, 0, 20, 81)).isEqualTo(new CacheItem(true, true, false, 6));
    assertThat(store.get(1, 0, 20, 82)).isEqualTo(new CacheItem(true, false, true, 6));
    store.put(1, 6, 200);
    assertThat(store.get(1, 0, 20, 99)).isEqualTo(new CacheItem(true, false, false, 6));
  }

  @Test
  void linksHoldThroughManyChanges() {
    Store store = store(50, Eviction.LRU);
    RandomStream random = RandomStream.of(7);
    List<Long> recent = new ArrayList<>(); // the oldest first
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextInt(120);
      boolean had = recent.remove(key);
      assertThat(store.get(key, 0, 0, 0).found()).isEqualTo(had);
      if (!had) {
        store.put(key, 6, EVER);
        if (recent.size() == 50) {
          recent.remove(0);
        }
      }
      recent.add(key);
    }
    assertThat(store.size()).isEqualTo(50);
  }
}
