package dev.cascade.models.files;

/** How a file gets its new contents. */
public enum WriteBy {
  /** It is made empty and written block by block: who reads meanwhile sees a part. */
  IN_PLACE,
  /** The new contents are written beside it and then get its name: one sees the old or the new. */
  RENAME
}
