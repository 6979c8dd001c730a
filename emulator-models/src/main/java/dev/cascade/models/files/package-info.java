/**
 * A host's file system: files that several processes read and write block by block, with advisory
 * locks and rename. Contents are ASCII text, a byte a character. It leaves out the page cache and
 * what a power cut loses of it (every block is on the disk when its call returns), directories,
 * permissions, and disks that fill up.
 */
@NullMarked
package dev.cascade.models.files;

import org.jspecify.annotations.NullMarked;
