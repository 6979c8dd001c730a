package dev.cascade.models.kinesis;

/** Limits of a shard, from "Quotas and limits - Amazon Kinesis Data Streams". */
final class Limits {
  /** Bytes a second that a shard takes in. */
  static final double WRITE_BYTES = 1_000_000;

  /** Records a second that a shard takes in. */
  static final double WRITE_RECORDS = 1_000;

  /** Bytes a second that a shard gives all classic consumers together, or each enhanced one. */
  static final double READ_BYTES = 2_000_000;

  /** Calls of GetRecords a second for a shard, of all classic consumers together. */
  static final double READ_CALLS = 5;

  /** Bytes of one answer to GetRecords. */
  static final long CALL_BYTES = 10_000_000;

  /** Records of one answer to GetRecords. */
  static final int CALL_RECORDS = 10_000;

  private Limits() {}
}
