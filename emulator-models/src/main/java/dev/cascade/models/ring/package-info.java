/** Which of many instances has a key: consistent hashing with many buckets each. */
@NullMarked
package dev.cascade.models.ring;

import org.jspecify.annotations.NullMarked;
