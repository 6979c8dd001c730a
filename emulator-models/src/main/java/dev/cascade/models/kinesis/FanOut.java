package dev.cascade.models.kinesis;

/** How an application reads. */
public enum FanOut {
  /** It shares each shard's 2 MB/s and 5 calls a second with all others. */
  SHARED,
  /** It has 2 MB/s of each shard to itself. */
  ENHANCED
}
